using System.Diagnostics.Metrics;

namespace Wheelhouse.Server.Storage;

/// <summary>Tells how the database's writer and the data directory's disk stand, when somebody asks for metrics.</summary>
internal sealed class StorageMetrics(IMeterFactory meters, DatabaseWriter writer, DataDirectory data) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create("Wheelhouse.Storage");
        meter.CreateObservableGauge("wheelhouse.database.queue", () => writer.QueueLength, unit: null, "Changes that wait for the database's writer.");
        meter.CreateObservableCounter("wheelhouse.database.changes", () => writer.Applied, unit: null, "Changes that the database's writer applied.");
        meter.CreateObservableCounter("wheelhouse.database.failures", () => writer.Failed, unit: null, "Transactions of the database's writer that failed, each with all its changes.");
        meter.CreateObservableGauge("wheelhouse.database.size", () => new FileInfo(data.Database).Length, "By", "The size of the database file.");
        meter.CreateObservableGauge("wheelhouse.disk.free", () => new DriveInfo(data.Root).AvailableFreeSpace, "By", "What is free on the data directory's disk.");
        meter.CreateObservableGauge("wheelhouse.disk.size", () => new DriveInfo(data.Root).TotalSize, "By", "The size of the data directory's disk.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
