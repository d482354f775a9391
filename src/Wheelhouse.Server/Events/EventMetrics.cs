using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Events;

/// <summary>Tells how far the event log is, when somebody asks for metrics.</summary>
internal sealed class EventMetrics(IMeterFactory meters, IDbContextFactory<WheelhouseContext> contexts) : LifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("Wheelhouse.Events").CreateObservableGauge("wheelhouse.events.last_id", LastId, unit: null, "The id of the newest event.");
        return Task.CompletedTask;
    }

    private long LastId()
    {
        using var context = contexts.CreateDbContext();
        return context.Set<EventRow>().Max(row => (long?)row.Id) ?? 0;
    }
}
