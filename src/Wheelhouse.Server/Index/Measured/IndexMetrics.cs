using System.Diagnostics.Metrics;
using Wheelhouse.Server.Hosting.Startup;

namespace Wheelhouse.Server.Index.Measured;

/// <summary>Tells of the requests to the index, when somebody asks for metrics.</summary>
internal sealed class IndexMetrics(IMeterFactory meters, IndexRequests requests) : LifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create("Wheelhouse.Index").CreateObservableCounter(
            "wheelhouse.index.requests", Read, unit: null, "Answers of the index by kind of request (list, page, file, metadata, json, upload) and HTTP status.");
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<long>> Read() =>
        requests.Read().Select(entry => new Measurement<long>(entry.Count, new("route", entry.Route), new("status", entry.Status)));
}
