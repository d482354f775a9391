using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>A rollout that ended, as the journal tells it: also what happened on servers that were killed meanwhile.</summary>
/// <param name="Row">The rollout.</param>
/// <param name="Nodes">Its nodes, in the order of activation.</param>
/// <param name="Steps">Its steps, in the order of their beginning; of one that was done again, the last time.</param>
/// <param name="Phases">Its stretches, in order.</param>
internal sealed record RolloutRecord(
    RolloutRow Row, IReadOnlyList<RolloutNodeRow> Nodes, IReadOnlyList<StepRow> Steps, IReadOnlyList<PhaseTime> Phases)
{
    /// <summary>Reads one; null when it is not there any more, has not ended, or is a plan only.</summary>
    public static async Task<RolloutRecord?> FindAsync(WheelhouseContext context, string rollout)
    {
        var row = await context.Set<RolloutRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == rollout && row.EndedAt != null && !row.PlanOnly);
        if (row is null) return null;
        var nodes = await context.Set<RolloutNodeRow>().AsNoTracking().Where(node => node.Rollout == rollout).OrderBy(node => node.Ordinal).ToListAsync();
        var steps = await context.Set<StepRow>().AsNoTracking().Where(step => step.Rollout == rollout).OrderBy(step => step.StartedAt).ToListAsync();
        var events = await context.Set<EventRow>().AsNoTracking()
            .Where(happened => happened.Rollout == rollout && PhaseTime.EventTypes.Contains(happened.Type)).OrderBy(happened => happened.Id).ToListAsync();
        return new(row, nodes, steps, PhaseTime.Of(row, events));
    }
}
