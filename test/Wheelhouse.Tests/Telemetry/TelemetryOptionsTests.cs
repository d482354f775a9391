using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Telemetry;

namespace Wheelhouse.Tests.Telemetry;

/// <summary>The settings of telemetry and what is wrong with them.</summary>
public sealed class TelemetryOptionsTests : IDisposable
{
    private const string Secret = "s3cret,with-comma";
    private readonly TempFolder _folder = new("wh-otlp");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Headers_are_read_from_their_file() =>
        Assert.Equal("Authorization=Bearer%20abc%3D%3D,x-tenant=acme", OtlpHeaders.Read(_folder.Write("headers", "Authorization: Bearer abc==\n\nx-tenant:acme\n")));

    [Theory]
    [InlineData("telemetry.otlp_endpoint", "collector:4318", "is not an http or https address")]
    [InlineData("telemetry.otlp_protocol", "http/json", "must be 'http/protobuf' or 'grpc'")]
    [InlineData("telemetry.otlp_headers_file", "missing", "no telemetry.otlp_endpoint")]
    [InlineData("telemetry.metrics", "yes", "not true or false")]
    public void What_is_wrong_is_named(string name, string value, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Load(new(StringComparer.Ordinal) { [name] = value }));
        Assert.Contains(error.Problems, found => found.Name == name && found.Message.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_line_of_headers_is_named_without_its_value()
    {
        var file = _folder.Write("headers", $"x-tenant: acme\nAuthorization: {Secret}\n");
        var error = Assert.Throws<SettingsException>(() => Load(new(StringComparer.Ordinal)
        {
            ["telemetry.otlp_endpoint"] = "http://127.0.0.1:4318",
            ["telemetry.otlp_headers_file"] = file,
        }));
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "", false)]
    [InlineData("http://a:4318", "", true)]
    [InlineData(null, "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318", true)]
    [InlineData(null, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://a:4318", true)]
    [InlineData("http://a:4318", "OTEL_SDK_DISABLED=true", false)]
    [InlineData(null, "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318 OTEL_TRACES_EXPORTER=none", false)]
    public void Traces_are_sent_where_the_settings_or_the_variables_say(string? endpoint, string variables, bool named) =>
        Assert.Equal(named, Target(endpoint, variables).IsNamed);

    [Theory]
    [InlineData("http://a:4318", "http/protobuf", "", "http://a:4318/v1/traces", "HttpProtobuf")]
    [InlineData("http://a:4318/otel/", "http/protobuf", "", "http://a:4318/otel/v1/traces", "HttpProtobuf")]
    [InlineData("http://a:4317", "grpc", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "http://a:4317/", "Grpc")]
    [InlineData(null, "grpc", "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318", "http://localhost:4318/", "HttpProtobuf")]
    public void The_exporter_gets_the_address_and_the_protocol(string? endpoint, string protocol, string variables, string address, string expected)
    {
        var otlp = new OpenTelemetry.Exporter.OtlpExporterOptions();
        Target(endpoint, variables, protocol).Configure(otlp);
        Assert.Equal((address, expected), (otlp.Endpoint.ToString(), otlp.Protocol.ToString()));
    }

    private static OtlpTarget Target(string? endpoint, string variables, string protocol = "http/protobuf") => new(
        new TelemetryOptions { OtlpEndpoint = endpoint, OtlpProtocol = protocol },
        variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));

    private static ServerSettings Load(Dictionary<string, string> flags)
    {
        flags["data"] = "/nonexistent";
        return SettingsLoader.Load(new SettingsInput(flags, new Dictionary<string, string>(), null));
    }
}
