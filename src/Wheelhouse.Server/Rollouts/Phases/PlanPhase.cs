using System.Text.Json;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Holds;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Rollouts.Planning;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>Makes the plan from what is known now, and writes it down.</summary>
internal sealed class PlanPhase(LockStore locks, EnvironmentQueries environments, HoldQueries holds)
{
    public async Task RunAsync(RolloutContext rollout)
    {
        if (rollout.Row.Plan is not null) return;
        await rollout.Journal.EnterPhaseAsync("plan", "Planning batches and changes");
        IReadOnlySet<string> good = rollout.Row.Kind == RolloutKinds.Converge
            ? await environments.GoodNodesAsync(rollout.Row.Service, rollout.Row.Environment)
            : new HashSet<string>();
        var nodes = new List<NodeToPlan>();
        foreach (var node in rollout.Nodes)
        {
            nodes.Add(new NodeToPlan(
                node.Name,
                node.FromRelease,
                node.Release,
                node.Ready,
                IsDone: node.Release is not null && node.FromRelease == node.Release && good.Contains(node.Name),
                node.Error,
                node.FromRelease is null ? null : await locks.PackagesAsync(rollout.Row.Service, node.FromRelease, node.Fingerprint),
                node.Release is null ? null : await locks.PackagesAsync(rollout.Row.Service, node.Release, node.Fingerprint)));
        }

        var plan = Planner.Make(rollout.Row.Version, nodes, rollout.Policy) with
        {
            Holds = await holds.FindAsync(rollout.Row.Service, rollout.Environment, CancellationToken.None),
        };
        foreach (var node in rollout.Nodes)
        {
            node.Batch = 1 + plan.Batches.ToList().FindIndex(batch => batch.Contains(node.Name));
            if (nodes.Single(planned => planned.Name == node.Name).IsDone) node.State = NodeStates.Unchanged;
        }

        rollout.Row.Plan = JsonSerializer.Serialize(plan, JsonSerializerOptions.Web);
        await rollout.Journal.SaveAsync(
            rollout.Journal.Event(
                "rollout.planned",
                $"{plan.Batches.Sum(batch => batch.Count)} nodes in {plan.Batches.Count} batches; {Describe(plan.Changes)}",
                plan),
            context => context.UpdateRange(rollout.Nodes));
    }

    private static string Describe(IReadOnlyList<PackageChange> changes) =>
        changes.Count == 0
            ? "no package changes"
            : string.Join(", ", changes.Take(5).Select(change => $"{change.Package} {change.From ?? "(new)"} → {change.To ?? "(removed)"}"))
                + (changes.Count > 5 ? $" and {changes.Count - 5} more" : "");
}
