using Wheelhouse.Contracts.Holds;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Server.Web.Overview;

/// <summary>What runs where.</summary>
/// <param name="Services">The services that the person may see.</param>
/// <param name="Active">The rollouts that are active now, by id.</param>
public sealed record OverviewModel(IReadOnlyList<ServiceView> Services, IReadOnlyDictionary<string, RolloutView> Active)
{
    /// <summary>The names of all environments, in the order in which the services name them.</summary>
    public IReadOnlyList<string> Environments => [.. Services.SelectMany(service => service.Environments).Select(environment => environment.Name).Distinct()];

    /// <summary>The active rollout of an environment, or null.</summary>
    public RolloutView? ActiveIn(EnvironmentView environment) =>
        environment.ActiveRollout is { } id && Active.TryGetValue(id, out var rollout) ? rollout : null;

    /// <summary>Why an environment needs a person's attention; null when it does not.</summary>
    public string? AttentionFor(EnvironmentView environment)
    {
        if (ActiveIn(environment) is { State: RolloutStates.Paused } paused) return $"paused: {paused.Error}";
        var drifted = environment.Nodes.Count(node => node.State == "drifted");
        var unproven = environment.Nodes.Count(node => node.State == "unproven");
        if (drifted > 0) return $"{Count(drifted)} drifted: {environment.Nodes.First(node => node.State == "drifted").Detail}";
        if (environment.Version is not null && environment.Inventory?.Problem is { } problem) return $"the inventory does not answer: {problem}";
        if (unproven > 0) return $"{Count(unproven)} without proof of the running version";
        return environment.Holds.FirstOrDefault(NeedsSomebody) is { } hold ? $"held by {hold.Owner} until it is lifted: {hold.Reason}" : null;
    }

    /// <summary>A hold with an end needs nobody, and one on an environment of all services would be told for each of them.</summary>
    private static bool NeedsSomebody(HoldView hold) => hold is { Kind: HoldKinds.Manual, Until: null, Service: not null };

    private static string Count(int nodes) => nodes == 1 ? "1 node" : $"{nodes} nodes";
}
