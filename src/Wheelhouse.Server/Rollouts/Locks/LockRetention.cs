using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Old locks may go, but for those of <see cref="NeededReleases"/>.</summary>
internal sealed class LockRetention(LockRetentionOptions options) : IRetention
{
    public string Name => "locks";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Locks;
        var old = context.Set<LockRow>().Where(row => row.Cutoff < limit).ToList();
        if (old.Count == 0) return 0;
        var kept = NeededReleases.Find(context, [.. old.Select(row => row.Service).Distinct()]);
        var removed = old.Where(row => !kept.Contains((row.Service, row.Release))).Take(most).ToList();
        context.RemoveRange(removed);
        return removed.Count;
    }
}
