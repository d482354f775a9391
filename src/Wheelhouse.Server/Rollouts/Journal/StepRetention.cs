using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>The steps of rollouts that ended long ago may go: only a rollout that goes on needs them. What they told stands in the event log.</summary>
internal sealed class StepRetention(RolloutRetentionOptions options) : IRetention
{
    public string Name => "steps";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.Steps;
        var steps = context.Set<StepRow>();
        var ended = context.Set<RolloutRow>().Where(row => row.EndedAt < limit && steps.Any(step => step.Rollout == row.Id))
            .OrderBy(row => row.Id).Select(row => row.Id).Take(most).ToList();
        var removed = 0;
        foreach (var rollout in ended)
        {
            removed += steps.Where(step => step.Rollout == rollout).ExecuteDelete();
            if (removed >= most) break;
        }

        return removed;
    }
}
