using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.Contracts.Inventory;

namespace Wheelhouse.Contracts.Services;

/// <summary>A service in a list.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Package">The requirement it installs, such as <c>acme-billing[gunicorn]</c>; empty when its document is invalid.</param>
/// <param name="Revision">The number of the newest revision of its document, from 1.</param>
/// <param name="Environments">Its environments in the document's order; none when its document is invalid.</param>
public sealed record ServiceView(string Name, string Package, int Revision, IReadOnlyList<EnvironmentView> Environments)
{
    /// <summary>The team that looks after it; null when its document names none.</summary>
    public string? Team { get; init; }

    /// <summary>
    /// Why the stored document is invalid for this server, for example because an older version of it took it; empty when it is valid.
    /// Such a service cannot be deployed until a correct document is applied.
    /// </summary>
    public IReadOnlyList<DocumentError> Errors { get; init; } = [];
}

/// <summary>What runs in one environment of a service.</summary>
/// <param name="Name">The environment's name.</param>
/// <param name="Version">The version of the last good rollout, null before the first.</param>
/// <param name="Since">When that rollout ended.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="ActiveRollout">The id of the rollout that is active now, or null.</param>
/// <param name="RevertTo">The version that a revert would bring back, null when there is none.</param>
/// <param name="RevertReady">On how many nodes that release lies ready, so that a revert installs nothing.</param>
/// <param name="Nodes">The last known state of every node.</param>
public sealed record EnvironmentView(
    string Name,
    string? Version,
    DateTimeOffset? Since,
    string? By,
    string? ActiveRollout,
    string? RevertTo,
    int RevertReady,
    IReadOnlyList<NodeStateView> Nodes)
{
    /// <summary>The holds that stand there now.</summary>
    public IReadOnlyList<HoldView> Holds { get; init; } = [];

    /// <summary>What the inventory said last; null while it was never asked.</summary>
    public InventoryView? Inventory { get; init; }
}

/// <summary>The last known state of one node for one service and environment.</summary>
/// <param name="Name">The node's name in the inventory.</param>
/// <param name="Address">The address used to reach it.</param>
/// <param name="Version">The version it ran at the last contact, or null.</param>
/// <param name="State"><c>good</c>, <c>unproven</c>, <c>drifted</c> or <c>unknown</c>; <c>new</c> when the inventory names it and nothing was rolled out to it yet, <c>gone</c> when
/// the inventory does not name it any more.</param>
/// <param name="Detail">Why it is not good, or null.</param>
/// <param name="LastContact">The time of the last contact, or null.</param>
/// <param name="Releases">The ids of the releases that lay on its disk then.</param>
public sealed record NodeStateView(
    string Name,
    string Address,
    string? Version,
    string State,
    string? Detail,
    DateTimeOffset? LastContact,
    IReadOnlyList<string> Releases);

/// <summary>One revision of a service's document.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="AppliedBy">Who applied it.</param>
/// <param name="Yaml">The document as it was sent.</param>
public sealed record ServiceRevisionView(string Service, int Number, DateTimeOffset AppliedAt, string AppliedBy, string Yaml);

/// <summary>What applying a file did to one service in it.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Revision">The revision that is now the newest.</param>
/// <param name="Change"><c>created</c>, <c>updated</c> or <c>unchanged</c>.</param>
public sealed record AppliedService(string Service, int Revision, string Change);
