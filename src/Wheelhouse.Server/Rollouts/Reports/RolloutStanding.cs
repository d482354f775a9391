using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>One number of a service and environment.</summary>
/// <param name="Service">The service.</param>
/// <param name="Environment">The environment.</param>
/// <param name="State">The state that is counted; null for what is not counted by state.</param>
internal readonly record struct Series(string Service, string Environment, string? State);

/// <summary>How rollouts and nodes stand at a moment.</summary>
/// <param name="At">The moment.</param>
internal sealed record RolloutStanding(DateTimeOffset At)
{
    private static readonly string[] Open = [RolloutStates.Queued, RolloutStates.Running, RolloutStates.Paused];

    public static RolloutStanding Nothing { get; } = new(DateTimeOffset.MinValue);

    /// <summary>How many rollouts are in each state.</summary>
    public IReadOnlyDictionary<Series, double> Rollouts { get; private init; } = new Dictionary<Series, double>();

    /// <summary>How many nodes are in each state.</summary>
    public IReadOnlyDictionary<Series, double> Nodes { get; private init; } = new Dictionary<Series, double>();

    /// <summary>For how many seconds the oldest queued rollout has waited.</summary>
    public IReadOnlyDictionary<Series, double> QueueWaits { get; private init; } = new Dictionary<Series, double>();

    /// <summary>For how many seconds the running rollout has told nothing.</summary>
    public IReadOnlyDictionary<Series, double> Silences { get; private init; } = new Dictionary<Series, double>();

    /// <summary>Reads it.</summary>
    public static RolloutStanding Read(WheelhouseContext context, DateTimeOffset now)
    {
        var rollouts = context.Set<RolloutRow>().AsNoTracking().Where(row => Open.Contains(row.State) && !row.PlanOnly)
            .Select(row => new { row.Id, row.Service, row.Environment, row.State, row.CreatedAt }).ToList();
        var running = rollouts.Where(row => row.State == RolloutStates.Running).ToDictionary(row => row, row =>
            context.Set<EventRow>().Where(happened => happened.Rollout == row.Id).OrderByDescending(happened => happened.Id).Select(happened => happened.At).FirstOrDefault());
        return new RolloutStanding(now)
        {
            Rollouts = rollouts.CountBy(row => new Series(row.Service, row.Environment, row.State)).ToDictionary(entry => entry.Key, entry => (double)entry.Value),
            QueueWaits = rollouts.Where(row => row.State == RolloutStates.Queued).GroupBy(row => new Series(row.Service, row.Environment, State: null))
                .ToDictionary(queue => queue.Key, queue => (now - queue.Min(row => row.CreatedAt)).TotalSeconds),
            Silences = running.GroupBy(entry => new Series(entry.Key.Service, entry.Key.Environment, State: null))
                .ToDictionary(group => group.Key, group => group.Max(entry => (now - entry.Value).TotalSeconds)),
            // The nodes of a deleted service keep what they run, and nobody is to mend that.
            Nodes = context.Set<NodeStateRow>()
                .Where(node => !context.Set<ServiceRow>().Any(service => service.Name == node.Service && service.DeletedAt != null))
                .GroupBy(node => new { node.Service, node.Environment, node.State })
                .Select(group => new { group.Key.Service, group.Key.Environment, group.Key.State, Count = group.Count() }).AsEnumerable()
                .ToDictionary(group => new Series(group.Service, group.Environment, group.State), group => (double)group.Count),
        };
    }
}
