using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>
/// Tells from the record which rollouts brought a release that was good and was not taken back since, the current one last. A deploy adds itself;
/// a revert takes back everything after the rollout it went back to, so that one more revert goes further back, never forth and back again.
/// </summary>
internal static class GoodReleases
{
    /// <summary>All rollouts of one service and environment that were more than plans, oldest first, without their plans and texts, which may be large.</summary>
    public static IQueryable<RolloutRow> History(WheelhouseContext context, string service, string environment) =>
        Brief(context.Set<RolloutRow>().Where(row => row.Service == service && row.Environment == environment));

    /// <summary>The same of all environments of services.</summary>
    public static IQueryable<RolloutRow> History(WheelhouseContext context, IReadOnlyList<string> services) =>
        Brief(context.Set<RolloutRow>().Where(row => services.Contains(row.Service)));

    private static IQueryable<RolloutRow> Brief(IQueryable<RolloutRow> rows) =>
        rows.AsNoTracking().Where(row => !row.PlanOnly).OrderBy(row => row.Id)
            .Select(row => new RolloutRow
            {
                Id = row.Id,
                Service = row.Service,
                Environment = row.Environment,
                Kind = row.Kind,
                State = row.State,
                Version = row.Version,
                Limit = row.Limit,
                Source = row.Source,
                By = row.By,
                EndedAt = row.EndedAt,
                ChangedNodes = row.ChangedNodes,
            });

    /// <summary>The good rollouts, the current one last.</summary>
    /// <param name="history">All rollouts of one service and environment, oldest first.</param>
    public static IReadOnlyList<RolloutRow> Stack(IEnumerable<RolloutRow> history)
    {
        var stack = new List<RolloutRow>();
        foreach (var rollout in history.Where(IsWhole))
        {
            if (rollout.Kind == RolloutKinds.Revert)
            {
                var source = stack.FindLastIndex(good => good.Id == rollout.Source);
                if (source >= 0) stack.RemoveRange(source + 1, stack.Count - source - 1);
                else stack.Add(rollout);
            }
            else if (rollout.Kind == RolloutKinds.Deploy)
            {
                if (stack.Count > 0 && stack[^1].Version == rollout.Version) stack.RemoveAt(stack.Count - 1);
                stack.Add(rollout);
            }
        }

        return stack;
    }

    /// <summary>The good rollout that a revert goes back to when no version is given; null when there is none.</summary>
    /// <param name="history">All rollouts of one service and environment, oldest first.</param>
    public static RolloutRow? RevertTarget(IReadOnlyList<RolloutRow> history)
    {
        var stack = Stack(history);
        if (stack.Count == 0) return null;
        var isMixed = FindLastChange(history)?.State is RolloutStates.Failed or RolloutStates.Cancelled;
        return isMixed ? stack[^1] : stack.Count > 1 ? stack[^2] : null;
    }

    /// <summary>The newest rollout that ended and may have left the nodes other than it found them; null when there is none.</summary>
    /// <param name="history">All rollouts of one service and environment, oldest first.</param>
    public static RolloutRow? FindLastChange(IReadOnlyList<RolloutRow> history) => history.LastOrDefault(rollout =>
        !rollout.PlanOnly && RolloutStates.IsEnded(rollout.State) && (rollout.ChangedNodes || rollout.State is not (RolloutStates.Failed or RolloutStates.Cancelled)));

    /// <summary>Whether a rollout brought its release to the whole environment.</summary>
    private static bool IsWhole(RolloutRow rollout) =>
        rollout is { State: RolloutStates.Succeeded, PlanOnly: false, Limit: "" };
}
