using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Index.Measured;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Rollouts.Reports;

namespace Wheelhouse.Tests.Telemetry;

/// <summary>The dashboard, the alerts and the page about monitoring speak of the metrics that there are, and Prometheus takes them.</summary>
public sealed partial class OperatorFileTests : IDisposable
{
    private static readonly string Alerts = Path.Combine(Repository.Root, "ops", "prometheus");
    private readonly TempFolder _folder = new("wh-prom");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_lists_every_metric_and_the_dashboard_and_the_alerts_use_no_other()
    {
        var names = (await ScrapeAsync()).Names;

        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operate", "monitoring.md"), Token);
        var listed = ListedMetric().Matches(page).Select(match => match.Groups["name"].Value);
        Assert.Equal(names.Where(name => name.StartsWith("wheelhouse_", StringComparison.Ordinal)).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));

        var known = names.ToHashSet(StringComparer.Ordinal);
        Assert.All(await ExpressionsAsync(), expression => Assert.All(
            Metric().Matches(expression).Select(match => match.Value), name => Assert.True(known.Contains(name) || known.Contains(Histogram().Replace(name, "")), name)));
    }

    [Fact]
    public async Task Prometheus_takes_the_metrics_the_alerts_and_the_example()
    {
        foreach (var file in Directory.GetFiles(Alerts)) File.Copy(file, _folder[Path.GetFileName(file)]);
        _folder.Write("wheelhouse.token", "secret");
        _folder.Write("metrics", (await ScrapeAsync()).Text);
        await ChildProcess.CheckAsync("promtool", ["check", "rules", _folder["wheelhouse.rules.yml"]], Token);
        await ChildProcess.CheckAsync("promtool", ["check", "config", _folder["prometheus.yml"]], Token);
        await ChildProcess.CheckAsync("promtool", ["test", "rules", _folder["wheelhouse.rules.test.yml"]], Token);
        await ChildProcess.CheckAsync("sh", ["-c", "grep -E '^(# [A-Z]+ )?wheelhouse' \"$0\" | promtool check metrics", _folder["metrics"]], Token);
    }

    [Fact]
    public async Task Every_alert_is_explained()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operate", "monitoring.md"), Token);
        var rules = await File.ReadAllTextAsync(Path.Combine(Alerts, "wheelhouse.rules.yml"), Token);
        Assert.All(Alert().Matches(rules), alert => Assert.Contains($"| `{alert.Groups["name"].Value}` |", page, StringComparison.Ordinal));
    }

    /// <summary>The metrics of a server on which everything that is measured happened.</summary>
    private static async Task<ScrapedMetrics> ScrapeAsync()
    {
        await using var server = await TestServer.StartAsync(
            Token, configure: builder => builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "RolloutResumer"))); // What waits goes on waiting.
        server.Services.GetRequiredService<RolloutMetrics>().Count(EndedRollout.Record());
        server.Services.GetRequiredService<IndexRequests>().Count(route: 0, status: 200);
        var notifications = server.Services.GetRequiredService<NotificationMetrics>();
        notifications.SetHead("chat", since: null);
        notifications.Attempted("chat", TimeSpan.FromSeconds(1), sent: true);
        notifications.Attempted("chat", TimeSpan.FromSeconds(1), sent: false);
        notifications.SetAside("chat");
        await server.Services.GetRequiredService<Wheelhouse.Server.Storage.DatabaseWriter>().WriteAsync(context =>
        {
            var row = EndedRollout.Row();
            (row.State, row.EndedAt) = ("queued", null);
            var running = EndedRollout.Row();
            (running.State, running.EndedAt) = ("running", null);
            context.AddRange(row, running);
            context.Add(new Wheelhouse.Server.Rollouts.Journal.NodeStateRow { Service = "hello", Environment = "production", Name = "app1", Address = "app1", State = "good" });
        }, Token);
        using var http = server.Http();
        return await ScrapedMetrics.ReadAsync(http, Token);
    }

    private static async Task<IReadOnlyList<string>> ExpressionsAsync()
    {
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "ops", "grafana", "wheelhouse.json"), Token));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray().Select(target => target.GetProperty("expr").GetString()!) : []);
        var variables = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Select(variable => variable.TryGetProperty("definition", out var definition) ? definition.GetString()! : "");
        return [.. panels, .. variables, await File.ReadAllTextAsync(Path.Combine(Alerts, "wheelhouse.rules.yml"), Token)];
    }

    [GeneratedRegex("^\\| `(?<name>wheelhouse_[a-z_]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListedMetric();

    [GeneratedRegex("\\b(wheelhouse|dotnet)_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Histogram();

    [GeneratedRegex("alert: (?<name>[A-Za-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();
}
