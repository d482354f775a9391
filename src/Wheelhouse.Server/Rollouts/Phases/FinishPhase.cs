using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>Removes old releases, and writes how the rollout ended, together with what is now known of every node.</summary>
internal sealed class FinishPhase(EnvironmentQueries environments, EndedRollouts ended, TimeProvider time)
{
    private static readonly TimeSpan PruneWithin = TimeSpan.FromMinutes(2);

    /// <summary>Removes releases that nothing needs any more. That it fails on a node does not fail the rollout: the event log tells it.</summary>
    public async Task PruneAsync(RolloutContext rollout)
    {
        await rollout.Journal.EnterPhaseAsync("finish", "Removing releases that nothing needs any more");
        var lastGood = await environments.ReleasesToKeepAsync(rollout.Row.Service, rollout.Row.Environment);
        await Task.WhenAll(rollout.Nodes.Where(node => node.State is NodeStates.Good or NodeStates.Unproven).Select(async node =>
        {
            var keep = lastGood.Concat([node.Release!]).Concat(node.FromRelease is { } from ? [from] : []).Distinct().ToList();
            var result = await rollout.Steps.RunAsync(new Step(
                node, $"prune/{node.Name}", "prune", () => new { Keep = keep, Count = rollout.Policy.Keep }, PruneWithin));
            IReadOnlyList<string> removed = result.Fault is null ? result.Read<Pruned>().Removed : [];
            await rollout.Journal.WriteAsync(context =>
            {
                if (removed.Count == 0) return;
                var state = context.StateOf(rollout.Row, node);
                state.Releases = string.Join('\n', state.Releases.Lines().Except(removed));
            });
        }));
    }

    /// <summary>Ends the rollout: its state, every node's, and the place for the next one, all in one change.</summary>
    public async Task EndAsync(RolloutJournal journal, string state, string message, string? error = null, string? fix = null)
    {
        var row = journal.Row;
        row.State = state;
        row.Phase = null;
        row.EndedAt = time.GetUtcNow();
        row.ChangedNodes = journal.Nodes.Any(journal.WasTouched);
        row.Error = error;
        row.Fix = fix;
        foreach (var node in journal.Nodes)
        {
            node.State = node.State switch
            {
                NodeStates.Failed when state == RolloutStates.Succeeded || journal.WasTouched(node) => NodeStates.Drifted,
                NodeStates.Pending or NodeStates.Staging or NodeStates.Staged => NodeStates.Unchanged,
                NodeStates.Activating or NodeStates.Proving or NodeStates.Reverting => NodeStates.Drifted,
                var other => other,
            };
        }

        await journal.WriteAsync(context =>
        {
            context.Update(row);
            context.UpdateRange(journal.Nodes);
            foreach (var node in journal.Nodes) KeepState(context, row, node);
            if (state == RolloutStates.Succeeded && row.Limit.Length == 0) Forget(context, journal);
            if (context.Set<EnvironmentRow>().Find(row.Service, row.Environment) is { } environment && environment.ActiveRollout == row.Id)
                environment.ActiveRollout = null;
            journal.Log.Record(context, journal.Event(EventTypes.RolloutEnded, message, new
            {
                state,
                row.Kind,
                row.Version,
                from = row.FromVersion,
                row.By,
                row.Reason,
                row.PlanOnly,
                row.ChangedNodes,
                changedAt = journal.FindFirstTouch(context),
                seconds = Math.Round((row.EndedAt.Value - (row.StartedAt ?? row.CreatedAt)).TotalSeconds, 3),
                error,
                fix,
            }));
        });
        ended.Tell(row.Id);
    }

    /// <summary>Nodes that the inventory named once are no longer the environment's, when a rollout to all of them was well.</summary>
    private static void Forget(WheelhouseContext context, RolloutJournal journal)
    {
        var names = journal.Nodes.Select(node => node.Name).ToList();
        context.RemoveRange(context.Set<NodeStateRow>().Where(known =>
            known.Service == journal.Row.Service && known.Environment == journal.Row.Environment && !names.Contains(known.Name)));
    }

    private static void KeepState(WheelhouseContext context, RolloutRow rollout, RolloutNodeRow node)
    {
        if (rollout.PlanOnly) return;
        var state = context.StateOf(rollout, node);
        switch (node.State)
        {
            case NodeStates.Good or NodeStates.Unproven:
                (state.State, state.Detail) = (node.State, node.State == NodeStates.Good ? null : "Too little evidence to prove the running version.");
                (state.Release, state.Version) = (node.Release, node.Version);
                state.Releases = string.Join('\n', state.Releases.Lines().Append(node.Release!).Distinct());
                break;
            case NodeStates.Reverted:
                (state.State, state.Detail) = (NodeStates.Good, null);
                (state.Release, state.Version) = (node.FromRelease, node.FromVersion);
                break;
            case NodeStates.Gone:
                context.Remove(state);
                break;
            case NodeStates.Drifted:
                (state.State, state.Detail, state.Version) = (NodeStates.Drifted, node.Error, node.Version);
                break;
        }
    }

    private sealed record Pruned(IReadOnlyList<string> Removed);
}
