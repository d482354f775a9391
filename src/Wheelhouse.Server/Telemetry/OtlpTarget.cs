using OpenTelemetry.Exporter;

namespace Wheelhouse.Server.Telemetry;

/// <summary>Where traces are sent: what the settings say, else what OpenTelemetry's own variables say.</summary>
/// <param name="options">The settings.</param>
/// <param name="variables">The variables <c>OTEL_…</c>.</param>
internal sealed class OtlpTarget(TelemetryOptions options, IReadOnlyDictionary<string, string> variables)
{
    private const string TracesPath = "/v1/traces";

    /// <summary>How many spans may wait for being sent: those of a rollout come all at once.</summary>
    private const int MostWaiting = 65_536;

    /// <summary>Whether traces are sent anywhere.</summary>
    public bool IsNamed => !Is("OTEL_SDK_DISABLED", "true") && !Is("OTEL_TRACES_EXPORTER", "none")
        && (options.OtlpEndpoint is not null || Find("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT") is not null);

    /// <summary>The name under which the server's spans are found.</summary>
    public string ServiceName => Find("OTEL_SERVICE_NAME") ?? "wheelhouse";

    /// <summary>Sets up the exporter, which has read the variables already.</summary>
    public void Configure(OtlpExporterOptions otlp)
    {
        if (Find("OTEL_BSP_MAX_QUEUE_SIZE") is null) otlp.BatchExportProcessorOptions.MaxQueueSize = MostWaiting;
        if (options.OtlpEndpoint is { } endpoint)
        {
            var isGrpc = options.OtlpProtocol == TelemetryOptions.Grpc;
            otlp.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            otlp.Endpoint = new Uri(isGrpc ? endpoint : WithPath(endpoint.TrimEnd('/')));
            if (options.OtlpHeadersFile is { } file) otlp.Headers = OtlpHeaders.Read(file);
        }
        else if (Find("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL") is null)
        {
            otlp.Protocol = OtlpExportProtocol.HttpProtobuf; // The specification's default; the library's is gRPC
        }
    }

    /// <summary>An endpoint is the base of all signals; many know it with the path of traces already.</summary>
    private static string WithPath(string endpoint) => endpoint.EndsWith(TracesPath, StringComparison.Ordinal) ? endpoint : endpoint + TracesPath;

    private bool Is(string name, string value) => string.Equals(Find(name), value, StringComparison.OrdinalIgnoreCase);

    private string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (variables.TryGetValue(name, out var value) && value.Length > 0) return value;
        }

        return null;
    }
}
