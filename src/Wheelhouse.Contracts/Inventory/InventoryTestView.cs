namespace Wheelhouse.Contracts.Inventory;

/// <summary>What the inventory of one environment answers now.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Nodes">The nodes in the order of activation; none when there is a problem.</param>
/// <param name="Parts">What each inventory that was asked contributed; empty when there is a problem.</param>
/// <param name="Problem">Why a rollout would not begin, in a sentence; null when nothing is in its way.</param>
/// <param name="Fix">What to do about that, or null.</param>
public sealed record InventoryTestView(
    string Service, string Environment, IReadOnlyList<FoundNodeView> Nodes, IReadOnlyList<FoundPartView> Parts, string? Problem, string? Fix)
{
    /// <summary>When the last rollout asked by the same query; null when none did. <c>New</c> and <c>Gone</c> are empty then.</summary>
    public DateTimeOffset? ComparedWith { get; init; }

    /// <summary>The names that the last rollout did not have.</summary>
    public IReadOnlyList<string> New { get; init; } = [];

    /// <summary>The names that the last rollout had, and that are not there any more.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];
}

/// <summary>A node as an inventory names it.</summary>
/// <param name="Name">Its name in Wheelhouse.</param>
/// <param name="Address">The host name or address.</param>
/// <param name="User">The account to log in as; null leaves it to ssh's configuration.</param>
/// <param name="Port">The port; null leaves it to ssh's configuration.</param>
/// <param name="Jump">The jump hosts; null leaves them to ssh's configuration.</param>
/// <param name="IdentityFile">The private key to log in with, a path on the server; null leaves it to ssh's configuration.</param>
/// <param name="Labels">What else is said of it.</param>
public sealed record FoundNodeView(
    string Name, string Address, string? User, int? Port, string? Jump, string? IdentityFile, IReadOnlyDictionary<string, string> Labels);

/// <summary>What one inventory contributed.</summary>
/// <param name="Inventory">Its name.</param>
/// <param name="Nodes">How many nodes it named.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record FoundPartView(string Inventory, int Nodes, double Seconds);
