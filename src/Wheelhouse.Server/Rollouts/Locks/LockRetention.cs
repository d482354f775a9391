using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Old locks may go, but for those that a revert can go back to, by the record of any environment, or whose release lies on a node.</summary>
internal sealed class LockRetention(LockRetentionOptions options) : IRetention
{
    public string Name => "locks";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Locks;
        var old = context.Set<LockRow>().Where(row => row.Cutoff < limit).ToList();
        if (old.Count == 0) return 0;
        var kept = Kept(context, [.. old.Select(row => row.Service).Distinct()]);
        var removed = old.Where(row => !kept.Contains((row.Service, row.Release))).Take(most).ToList();
        context.RemoveRange(removed);
        return removed.Count;
    }

    private static HashSet<(string Service, string Release)> Kept(WheelhouseContext context, IReadOnlyList<string> services)
    {
        var good = context.Set<RolloutRow>().Where(row => services.Contains(row.Service)).OrderBy(row => row.Id).ToList()
            .GroupBy(row => (row.Service, row.Environment)).SelectMany(GoodReleases.Stack).ToDictionary(row => row.Id, row => row.Service);
        var ids = good.Keys.ToList();
        var installed = context.Set<RolloutNodeRow>().Where(node => ids.Contains(node.Rollout) && node.Release != null)
            .Select(node => new { node.Rollout, node.Release }).ToList().Select(node => (good[node.Rollout], node.Release!));
        var lying = context.Set<NodeStateRow>().Where(state => services.Contains(state.Service)).ToList()
            .SelectMany(state => state.Releases.Lines().Select(release => (state.Service, release)));
        return [.. installed, .. lying];
    }
}
