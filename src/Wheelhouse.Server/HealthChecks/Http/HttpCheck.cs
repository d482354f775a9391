using System.Text.Json.Nodes;

namespace Wheelhouse.Server.HealthChecks.Http;

/// <summary>Good when an HTTP request gets the answer that is expected.</summary>
public sealed class HttpCheck : IHealthCheck
{
    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public Type OptionsType => typeof(HttpOptions);

    /// <inheritdoc/>
    public bool SaysVersion(object options)
    {
        var expect = ((HttpOptions)options).Expect;
        return Mentions(expect.Json?.Value) || Mentions(expect.Contains);
    }

    /// <inheritdoc/>
    public JsonObject ToNodeCheck(object options, CheckValues values)
    {
        var http = (HttpOptions)options;
        var headers = new JsonObject();
        foreach (var (name, value) in http.Headers) headers[name] = values.Fill(value);
        if (http.Host is not null) headers["Host"] = http.Host;
        return new JsonObject
        {
            ["kind"] = "http",
            ["url"] = values.Fill(http.Http),
            ["socket"] = values.Fill(http.Socket),
            ["method"] = http.Method,
            ["headers"] = headers,
            ["expect"] = new JsonObject
            {
                ["status"] = http.Expect.Status is { Count: > 0 } status ? new JsonArray([.. status.Select(code => JsonValue.Create(code))]) : null,
                ["contains"] = values.Fill(http.Expect.Contains),
                ["json"] = http.Expect.Json is { } json
                    ? new JsonObject { ["path"] = json.Path, ["equals"] = values.Fill(json.Value) }
                    : null,
            },
            ["redirects"] = http.Redirects,
            ["verify_tls"] = http.VerifyTls,
        };
    }

    private static bool Mentions(string? text) => text?.Contains(CheckValues.VersionPlaceholder, StringComparison.Ordinal) ?? false;
}
