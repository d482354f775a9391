using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Telemetry;

/// <summary>How the server is watched.</summary>
[Settings("telemetry")]
public sealed class TelemetryOptions : IValidatableObject
{
    internal const string Grpc = "grpc", HttpProtobuf = "http/protobuf";

    [Description("Offer metrics for Prometheus at /metrics.")]
    public bool Metrics { get; set; } = true;

    [Description("Let everybody who reaches the server read /metrics without a token.")]
    public bool AnonymousMetrics { get; set; }

    /// <summary>Null sends traces only when the variables <c>OTEL_EXPORTER_OTLP_…</c> name an endpoint.</summary>
    [Description("Where traces are sent by OTLP, such as http://127.0.0.1:4318; nowhere by default.")]
    public string? OtlpEndpoint { get; set; }

    [Description("The protocol of telemetry.otlp_endpoint: 'http/protobuf' or 'grpc'.")]
    [AllowedValues(HttpProtobuf, Grpc, ErrorMessage = "{0} must be 'http/protobuf' or 'grpc'.")]
    public string OtlpProtocol { get; set; } = HttpProtobuf;

    /// <summary>In a file, since such headers usually hold a token.</summary>
    [Description("A file with headers for telemetry.otlp_endpoint, one 'Name: value' a line.")]
    public string? OtlpHeadersFile { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is not null && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new SettingError(nameof(OtlpEndpoint), $"'{OtlpEndpoint}' is not an http or https address.", "Write http://127.0.0.1:4318, for example.");
        if (OtlpHeadersFile is null) yield break;
        if (OtlpEndpoint is null)
            yield return new SettingError(nameof(OtlpHeadersFile), "There are headers, but no telemetry.otlp_endpoint to send them to.", "Give telemetry.otlp_endpoint too.");
        if (OtlpHeaders.FindProblem(OtlpHeadersFile) is { } problem)
            yield return new SettingError(nameof(OtlpHeadersFile), problem, "Name a file that the server may read, with one 'Name: value' a line.");
    }
}
