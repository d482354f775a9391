using System.Diagnostics.Metrics;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Startup;

namespace Wheelhouse.Server.Telemetry;

/// <summary>Tells which server this is.</summary>
internal sealed class ServerMetrics(IMeterFactory meters, TimeProvider time) : LifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var meter = meters.Create("Wheelhouse.Server");
        meter.CreateObservableGauge(
            "wheelhouse.build_info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", ProgramVersion.Text)), unit: null, "Always 1; the label says the version.");
        meter.CreateObservableGauge("wheelhouse.start_time", () => started, "s", "When the server started, in seconds since 1970.");
        return Task.CompletedTask;
    }
}
