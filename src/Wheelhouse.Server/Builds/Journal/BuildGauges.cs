using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Tells how many builds wait and run, when somebody asks for metrics.</summary>
internal sealed class BuildGauges(IMeterFactory meters, IDbContextFactory<WheelhouseContext> contexts, TimeProvider time) : LifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create("Wheelhouse.Builds");
        meter.CreateObservableGauge("wheelhouse.builds.queued", () => Count(BuildStates.Queued), unit: null, "Builds that wait for their turn.");
        meter.CreateObservableGauge("wheelhouse.builds.running", () => Count(BuildStates.Running), unit: null, "Builds that run.");
        meter.CreateObservableGauge("wheelhouse.builds.queue.wait", FindWait, "s", "How long the oldest build that waits has waited; 0 when none does.");
        return Task.CompletedTask;
    }

    private int Count(string state)
    {
        using var context = contexts.CreateDbContext();
        return context.Set<BuildRow>().Count(row => row.State == state);
    }

    private double FindWait()
    {
        using var context = contexts.CreateDbContext();
        var oldest = context.Set<BuildRow>().Where(row => row.State == BuildStates.Queued).OrderBy(row => row.Id).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefault();
        return oldest is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0;
    }
}
