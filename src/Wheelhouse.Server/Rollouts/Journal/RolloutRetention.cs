using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>
/// Old rollouts may go, with their nodes and steps, but for those that reverts are decided by: the good ones that were not taken back
/// (<see cref="GoodReleases"/>), the newest that ended and changed something, and whichever an unfinished rollout goes back to.
/// </summary>
internal sealed class RolloutRetention(RolloutRetentionOptions options) : IRetention
{
    public string Name => "rows of rollouts";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Rollouts;
        var places = context.Set<RolloutRow>().Where(row => row.EndedAt < limit && !row.PlanOnly)
            .Select(row => new { row.Service, row.Environment }).Distinct().ToList();
        var removed = 0;
        foreach (var place in places)
        {
            foreach (var rollout in Removable([.. GoodReleases.History(context, place.Service, place.Environment)], limit))
            {
                removed += context.RemoveRollout(rollout);
                if (removed >= most) return removed;
            }
        }

        return removed;
    }

    /// <summary>The ids of those that may go, the oldest first, such that after each of them reverts are still decided as before.</summary>
    /// <param name="history">All rollouts of one service and environment, oldest first.</param>
    /// <param name="limit">Those that ended before may go.</param>
    internal static IEnumerable<string> Removable(List<RolloutRow> history, DateTimeOffset limit)
    {
        var good = Ids(history);
        var kept = good.Concat(history.Where(row => row.EndedAt is null).Select(row => row.Source)).Append(GoodReleases.FindLastChange(history)?.Id).ToHashSet();
        foreach (var old in history.Where(row => row.EndedAt < limit && !kept.Contains(row.Id)).ToList())
        {
            var rest = history.Where(row => row != old).ToList();
            if (!Ids(rest).SequenceEqual(good)) continue;
            history = rest;
            yield return old.Id;
        }
    }

    private static List<string> Ids(List<RolloutRow> history) => [.. GoodReleases.Stack(history).Select(row => row.Id)];
}

/// <summary>Plans that were asked for without a rollout may go soon: nothing was done by them.</summary>
internal sealed class PlanRetention(RolloutRetentionOptions options) : IRetention
{
    public string Name => "rows of plans";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Plans;
        var removed = 0;
        foreach (var plan in context.Set<RolloutRow>().Where(row => row.PlanOnly && row.EndedAt < limit).OrderBy(row => row.Id).Select(row => row.Id).Take(most).ToList())
        {
            removed += context.RemoveRollout(plan);
            if (removed >= most) break;
        }

        return removed;
    }
}

internal static class RolloutRemovalExtensions
{
    /// <summary>Removes a rollout with its nodes and steps.</summary>
    /// <returns>How many rows that were.</returns>
    public static int RemoveRollout(this WheelhouseContext context, string rollout) =>
        context.Set<StepRow>().Where(step => step.Rollout == rollout).ExecuteDelete()
        + context.Set<RolloutNodeRow>().Where(node => node.Rollout == rollout).ExecuteDelete()
        + context.Set<RolloutRow>().Where(row => row.Id == rollout).ExecuteDelete();
}
