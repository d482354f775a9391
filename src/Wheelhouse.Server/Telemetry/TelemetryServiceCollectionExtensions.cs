using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Telemetry;

/// <summary>
/// Hands what the features measure and trace to those who watch the server. It knows the features' meters and sources by the beginning of their names only:
/// a feature that makes one named <c>Wheelhouse.…</c> is watched without being listed. What is switched off costs nothing.
/// </summary>
public static class TelemetryServiceCollectionExtensions
{
    private const string OwnNames = "Wheelhouse.*";

    /// <summary>The metrics of .NET: memory, processor time, garbage collection, threads.</summary>
    private const string RuntimeMeter = "System.Runtime";

    /// <summary>How many series one instrument may have; those of services and environments have the most.</summary>
    private const int MostSeries = 10_000;

    /// <summary>Adds metrics for Prometheus and the sending of traces, as far as the settings ask for them.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetryOptions options)
    {
        var variables = SettingsInput.ProcessEnvironment().Where(variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        var target = new OtlpTarget(options, variables);
        // The library looks for its variables here.
        builder.Configuration.AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
        builder.Services.AddMetrics().AddHostedService<ServerMetrics>();
        if (!options.Metrics && !target.IsNamed) return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(target.ServiceName, serviceVersion: ProgramVersion.Text));
        if (options.Metrics) telemetry.WithMetrics(AddMetrics);
        if (target.IsNamed) telemetry.WithTracing(tracing => AddTraces(tracing, target));
    }

    private static void AddMetrics(MeterProviderBuilder metrics) => metrics
        .AddMeter(OwnNames, RuntimeMeter)
        .AddView(instrument => instrument.IsObservable || instrument is Counter<long> ? new MetricStreamConfiguration { CardinalityLimit = MostSeries } : null)
        .AddPrometheusExporter(prometheus =>
        {
            // Labels that say nothing, and a metric that is written twice; wheelhouse_build_info tells who this is.
            prometheus.ScopeInfoEnabled = false;
            prometheus.TargetInfoEnabled = false;
        });

    private static void AddTraces(TracerProviderBuilder tracing, OtlpTarget target) => tracing
        .AddSource(OwnNames)
        .AddAspNetCoreInstrumentation(requests => requests.Filter = TracedRequests.Includes)
        .AddOtlpExporter(target.Configure);
}
