using Wheelhouse.Server.Rollouts.Locks;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>
/// Finds the exact set of files for each kind of node: a revert's from the rollout it goes back to, a promotion's from the lock that was made
/// for the earlier environment, and otherwise resolved once, on one node for each fingerprint, all with one cutoff time.
/// </summary>
internal sealed class LockPhase(LockStore locks, Resolver resolver)
{
    public async Task RunAsync(RolloutContext rollout)
    {
        await rollout.Journal.EnterPhaseAsync("lock", $"Fixing the exact files of {rollout.Service.Package} {rollout.Row.Version}");
        var known = new List<LockRow>();
        foreach (var group in rollout.Healthy.GroupBy(node => node.Fingerprint!).ToList())
        {
            rollout.ThrowIfCancelled();
            var found = await locks.FindAsync(rollout.Row, rollout.Service, group.Key)
                ?? await resolver.ResolveAsync(rollout, group.Key, [.. group], known);
            if (found is null) continue;
            known.Add(found);
            foreach (var node in group)
            {
                node.Release = found.Release;
                node.Ready = await locks.LiesOnAsync(rollout.Row, node, found.Release);
            }

            await rollout.Journal.SaveNodesAsync(group);
        }

        rollout.ThrowIfCancelled();
        rollout.ThrowIfOverBudget();
    }
}
