using Wheelhouse.Contracts.Holds;

namespace Wheelhouse.Contracts.Rollouts;

/// <summary>What a rollout will do; what it shows is what runs.</summary>
/// <param name="Version">The version that every node will run.</param>
/// <param name="Batches">The names of the nodes of each batch, in order.</param>
/// <param name="Nodes">Each node's current release and what becomes of it.</param>
/// <param name="FailureBudget">How many nodes may fail before the rollout stops.</param>
/// <param name="Changes">The package changes against what runs now, over all nodes.</param>
public sealed record PlanView(
    string Version,
    IReadOnlyList<IReadOnlyList<string>> Batches,
    IReadOnlyList<PlannedNode> Nodes,
    int FailureBudget,
    IReadOnlyList<PackageChange> Changes)
{
    /// <summary>The holds that stood when the plan was made: a plan is not refused, but what it plans would be.</summary>
    public IReadOnlyList<HoldView> Holds { get; init; } = [];
}

/// <summary>One node in a plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FromRelease">The id of the release it runs, null when none.</param>
/// <param name="Release">The id of the release it will run; null when the node cannot be reached.</param>
/// <param name="Ready">Whether that release already lies on its disk.</param>
/// <param name="Problem">Why the node cannot take part, or null.</param>
public sealed record PlannedNode(string Name, string? FromRelease, string? Release, bool Ready, string? Problem);

/// <summary>One package that the rollout changes.</summary>
/// <param name="Package">The normalised project name.</param>
/// <param name="From">The version before; null when it is added.</param>
/// <param name="To">The version after; null when it is removed.</param>
public sealed record PackageChange(string Package, string? From, string? To);
