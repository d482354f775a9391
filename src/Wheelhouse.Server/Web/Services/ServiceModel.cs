using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Web.Holds;

namespace Wheelhouse.Server.Web.Services;

/// <summary>One service, with one of its environments in full.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Package">What it installs.</param>
/// <param name="Project">The name of its project on the index.</param>
/// <param name="Environments">The names of its environments.</param>
/// <param name="Environment">The one that is shown.</param>
/// <param name="Releases">The releases on the index, the newest first.</param>
/// <param name="History">The latest rollouts there, the newest first.</param>
/// <param name="Active">The rollout that is active there, or null.</param>
/// <param name="MayDeploy">Whether the person may push the buttons.</param>
public sealed record ServiceModel(
    string Name,
    string Package,
    string Project,
    IReadOnlyList<string> Environments,
    EnvironmentView Environment,
    IReadOnlyList<ReleaseView> Releases,
    IReadOnlyList<RolloutView> History,
    RolloutView? Active,
    bool MayDeploy)
{
    /// <summary>The team that looks after it, or null.</summary>
    public string? Team { get; init; }

    /// <summary>What was published since the release that runs; null while that is not known.</summary>
    public UndeployedView? Undeployed { get; init; }

    /// <summary>What the person may hold here.</summary>
    public IReadOnlyList<HoldPlace> HoldPlaces { get; init; } = [];

    /// <summary>The nodes that the inventory does not name any more.</summary>
    public IReadOnlyList<NodeStateView> Gone => [.. Environment.Nodes.Where(node => node.State == "gone")];

    /// <summary>The nodes that a converge would bring to the current release.</summary>
    public IReadOnlyList<NodeStateView> Drifted => Environment.Version is null ? [] : [.. Environment.Nodes.Where(node => node.State is "drifted" or "unknown" or "new")];

    /// <summary>How many rollouts the page shows.</summary>
    public const int HistoryLength = 50;

    /// <summary>How long a revert is likely to take, by the last one of the same environment; null when there was none.</summary>
    public TimeSpan? RevertTakes => LengthOfLast(RolloutKinds.Revert);

    /// <summary>How long a deploy is likely to take, by the last one; null when there was none.</summary>
    public TimeSpan? DeployTakes => LengthOfLast(RolloutKinds.Deploy);

    /// <summary>
    /// Where a person who deploys most likely wants to go: the newest final release that does not run yet and did not fail here, else
    /// the newest that does not run.
    /// </summary>
    public string? NextVersion
    {
        get
        {
            var others = Releases.Where(release => release.Version != Environment.Version).ToList();
            return (others.Find(release => release.IsFinal() && !HasFailed(release.Version)) ?? others.FirstOrDefault())?.Version;
        }
    }

    /// <summary>Whether a version did not stand the last time that it was deployed here. One that never began tells nothing about it.</summary>
    public bool HasFailed(string version) =>
        History.FirstOrDefault(rollout => rollout.Version == version && rollout is { Kind: RolloutKinds.Deploy, PlanOnly: false, StartedAt: not null })?.State
            is RolloutStates.Failed or RolloutStates.Reverted;

    private TimeSpan? LengthOfLast(string kind) =>
        History.FirstOrDefault(rollout => rollout.Kind == kind && rollout is { State: RolloutStates.Succeeded, PlanOnly: false }) is { EndedAt: { } end, StartedAt: { } start }
            ? end - start
            : null;
}
