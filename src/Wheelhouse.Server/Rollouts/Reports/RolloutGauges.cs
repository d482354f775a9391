using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>Tells how rollouts and nodes stand, read from the database when somebody asks for metrics, and never otherwise.</summary>
internal sealed class RolloutGauges(IMeterFactory meters, IDbContextFactory<WheelhouseContext> contexts, TimeProvider time) : LifecycleService
{
    /// <summary>The instruments are asked one after another; they tell of one moment.</summary>
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    private readonly SeenSeries _current = new(), _nodes = new(), _queued = new(), _silent = new();
    private readonly Lock _reading = new();
    private RolloutStanding _last = RolloutStanding.Nothing;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(RolloutMetrics.MeterName);
        meter.CreateObservableGauge("wheelhouse.rollouts.current", () => _current.With(Read().Rollouts), unit: null, "Rollouts that have not ended, by state: queued, running or paused.");
        meter.CreateObservableGauge("wheelhouse.rollouts.queue.wait", () => _queued.With(Read().QueueWaits), "s", "How long the oldest rollout that waits for its turn has waited.");
        meter.CreateObservableGauge("wheelhouse.rollouts.silence", () => _silent.With(Read().Silences), "s", "How long ago the last event of the rollout that runs was.");
        meter.CreateObservableGauge("wheelhouse.nodes", () => _nodes.With(Read().Nodes), unit: null, "Nodes by their state after the last rollout.");
        return Task.CompletedTask;
    }

    private RolloutStanding Read()
    {
        lock (_reading)
        {
            var now = time.GetUtcNow();
            if (now - _last.At is var age && age >= TimeSpan.Zero && age < SameMoment) return _last;
            using var context = contexts.CreateDbContext();
            return _last = RolloutStanding.Read(context, now);
        }
    }
}
