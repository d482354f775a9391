using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>Rollouts that end while they wait for their turn.</summary>
internal static class UnbegunRollouts
{
    /// <summary>Ends one, in a change of the <see cref="DatabaseWriter"/>.</summary>
    /// <param name="log">Where its last event goes.</param>
    /// <param name="context">The context that the change was given.</param>
    /// <param name="row">The rollout, of that context.</param>
    /// <param name="state">How it ends.</param>
    /// <param name="now">The time.</param>
    /// <param name="error">Why, in a sentence.</param>
    /// <param name="fix">What to do about it, or null.</param>
    public static void EndUnbegun(this EventLog log, WheelhouseContext context, RolloutRow row, string state, DateTimeOffset now, string error, string? fix = null)
    {
        (row.State, row.EndedAt, row.Error, row.Fix) = (state, now, error, fix);
        log.Record(context, new NewEvent(EventTypes.RolloutEnded, error)
        {
            Service = row.Service,
            Environment = row.Environment,
            Rollout = row.Id,
            Data = new { row.State, row.Kind, row.Version, from = row.FromVersion, row.By, row.Reason, row.PlanOnly, row.ChangedNodes, seconds = 0, row.Error, row.Fix },
        });
    }
}
