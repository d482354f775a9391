using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Finds the releases whose locks are needed: a revert can go back to them, by the record of any environment, they lie on a node, or a rollout brings them.</summary>
internal static class NeededReleases
{
    /// <summary>The needed releases of some services.</summary>
    public static HashSet<(string Service, string Release)> Find(WheelhouseContext context, IReadOnlyCollection<string> services)
    {
        var rollouts = context.Set<RolloutRow>().Where(row => services.Contains(row.Service)).OrderBy(row => row.Id).ToList();
        var good = rollouts.GroupBy(row => (row.Service, row.Environment)).SelectMany(GoodReleases.Stack);
        var needed = good.Concat(rollouts.Where(row => row.EndedAt is null)).DistinctBy(row => row.Id).ToDictionary(row => row.Id, row => row.Service);
        var ids = needed.Keys.ToList();
        var installed = context.Set<RolloutNodeRow>().Where(node => ids.Contains(node.Rollout) && node.Release != null)
            .Select(node => new { node.Rollout, node.Release }).ToList().Select(node => (needed[node.Rollout], node.Release!));
        var lying = context.Set<NodeStateRow>().Where(state => services.Contains(state.Service)).ToList()
            .SelectMany(state => state.Releases.Lines().Select(release => (state.Service, release)));
        return [.. installed, .. lying];
    }
}
