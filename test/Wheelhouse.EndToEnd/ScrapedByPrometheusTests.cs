using System.Net.Http.Json;
using System.Text.Json;
using Wheelhouse.Contracts.Access;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Debian's Prometheus reads the shipped server's metrics, and its alerts, by the files in <c>ops/</c>.</summary>
public sealed class ScrapedByPrometheusTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_prometheus_scrapes_with_a_token_and_answers()
    {
        using var folder = new TempFolder("wh-prom");
        await using var server = new ServerProcess();
        await server.StartAsync(Token);
        var viewer = await server.Client.CreateTokenAsync(new TokenRequest { Name = "prometheus", Role = Roles.Viewer }, Token);
        var ops = Path.Combine(Repository.Root, "ops", "prometheus");
        File.Copy(Path.Combine(ops, "wheelhouse.rules.yml"), folder["wheelhouse.rules.yml"]);
        folder.Write("wheelhouse.token", viewer.Token);
        var settings = await File.ReadAllTextAsync(Path.Combine(ops, "prometheus.yml"), Token);
        folder.Write("prometheus.yml", settings.Replace("scheme: https", "scheme: http", StringComparison.Ordinal)
            .Replace("wheelhouse.example.org", server.Url.Authority, StringComparison.Ordinal).Replace("interval: 15s", "interval: 1s", StringComparison.Ordinal));
        var address = $"127.0.0.1:{FreePort.Take()}";
        await using var prometheus = ChildProcess.Start(
            "prometheus", [$"--config.file={folder["prometheus.yml"]}", $"--storage.tsdb.path={folder["data"]}", $"--web.listen-address={address}"]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };

        await Eventually.TrueAsync(async () => await AskAsync(http, "up{job=\"wheelhouse\"}") == "1", $"Prometheus to scrape:\n{prometheus.Everything}", Within, Token);

        Assert.Equal("1", await AskAsync(http, "count(wheelhouse_build_info)"));
        Assert.Equal("1", await AskAsync(http, "wheelhouse_events_last_id >= bool 0"));
        Assert.Equal("1", await AskAsync(http, "dotnet_process_memory_working_set_bytes > bool 1e6"));
        await Eventually.TrueAsync(async () => await RulesAsync(http) is { Length: >= 14 } rules && rules.All(rule => rule == "ok"), "the alerts to be looked at", Within, Token);
    }

    /// <summary>The first value of a query's answer; null when it has none, or nobody answers yet.</summary>
    private static async Task<string?> AskAsync(HttpClient http, string query)
    {
        try
        {
            var answer = await http.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative), Token);
            var result = answer.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() == 0 ? null : result[0].GetProperty("value")[1].GetString();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<string?[]> RulesAsync(HttpClient http)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/rules", UriKind.Relative), Token);
        return [.. answer.GetProperty("data").GetProperty("groups")[0].GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("health").GetString())];
    }
}
