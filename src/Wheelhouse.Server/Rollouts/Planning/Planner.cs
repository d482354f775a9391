using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Planning;

/// <summary>What a plan is made from, for one node.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="FromRelease">The release it runs, null when none.</param>
/// <param name="Release">The release it is to run; null when the node failed.</param>
/// <param name="Ready">Whether that release lies on its disk.</param>
/// <param name="IsDone">Whether it needs nothing: a converge leaves nodes alone that are good already.</param>
/// <param name="Problem">Why it failed, or null.</param>
/// <param name="Before">The packages of the release it runs; null when they are not known.</param>
/// <param name="After">The packages of the release it is to run; null when the node failed.</param>
internal sealed record NodeToPlan(
    string Name,
    string? FromRelease,
    string? Release,
    bool Ready,
    bool IsDone,
    string? Problem,
    IReadOnlyList<LockedPackage>? Before,
    IReadOnlyList<LockedPackage>? After);

/// <summary>Makes the plan of a rollout. Pure: the same input gives the same plan, for <c>plan</c> and for the push alike.</summary>
internal static class Planner
{
    public static PlanView Make(string version, IReadOnlyList<NodeToPlan> nodes, PolicyDocument policy) => new(
        version,
        BatchSizes.Cut([.. nodes.Where(node => node is { Problem: null, IsDone: false }).Select(node => node.Name)], policy.Batches),
        [.. nodes.Select(node => new PlannedNode(node.Name, node.FromRelease, node.Release, node.Ready, node.Problem))],
        policy.FailureBudget.RoundDown(nodes.Count),
        Changes(nodes));

    /// <summary>Whether the running master must be replaced, since a reload keeps its own packages, or what it runs is not known.</summary>
    public static bool NeedsRestart(IReadOnlyList<LockedPackage>? before, IReadOnlyList<LockedPackage> after, IReadOnlySet<string> masterPackages)
    {
        if (before is null) return true;
        string? Hash(IReadOnlyList<LockedPackage> packages, string name) => packages.FirstOrDefault(package => package.Name == name)?.Sha256;
        return masterPackages.Any(name => Hash(before, name) != Hash(after, name));
    }

    /// <summary>The package changes over all nodes; where nodes differ, each difference is named once.</summary>
    private static List<PackageChange> Changes(IReadOnlyList<NodeToPlan> nodes) =>
    [
        .. nodes.Where(node => node.After is not null).SelectMany(node => LockedPackage.Changes(node.Before ?? [], node.After!)).Distinct()
            .OrderBy(change => change.Package, StringComparer.Ordinal).ThenBy(change => change.From, StringComparer.Ordinal),
    ];
}
