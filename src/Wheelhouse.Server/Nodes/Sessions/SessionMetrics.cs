using System.Diagnostics.Metrics;
using Wheelhouse.Server.Hosting.Startup;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>Tells of the sessions with nodes, when somebody asks for metrics.</summary>
internal sealed class SessionMetrics(IMeterFactory meters, NodeSessionFactory sessions) : LifecycleService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create("Wheelhouse.Nodes");
        meter.CreateObservableGauge("wheelhouse.ssh.sessions", () => sessions.Open, unit: null, "Sessions with nodes that are open.");
        meter.CreateObservableCounter("wheelhouse.ssh.starts", Starts, unit: null, "Sessions with nodes that were opened (result ok) or could not be (result failed).");
        return Task.CompletedTask;
    }

    private IReadOnlyList<Measurement<long>> Starts() =>
    [
        new(sessions.Opened, new KeyValuePair<string, object?>("result", "ok")),
        new(sessions.Failed, new KeyValuePair<string, object?>("result", "failed")),
    ];
}
