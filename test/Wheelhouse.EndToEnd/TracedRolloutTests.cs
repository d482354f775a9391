using System.Text.Json;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A receiver of OpenTelemetry traces gets one trace of each rollout, whatever becomes of the server meanwhile.</summary>
public sealed class TracedRolloutTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rollout_that_outlives_its_server_is_one_trace_sent_once()
    {
        await using var receiver = new OtlpReceiver();
        await using var lab = await StartAsync(receiver.Url, UseVariables, new HelloService { More = "drain: /bin/sleep 1" });
        await lab.DeployedAsync("1.0.0", Token);
        var asked = await lab.Server.Client.AskRolloutAsync(
            lab.Service.Name, Lab.Environment, new RolloutRequest { Version = "1.1.0" }, Guid.NewGuid().ToString("N"), Token);
        await Eventually.TrueAsync(
            async () => (await lab.LastRolloutAsync(Token)).Nodes.Any(node => node.State == "activating"), "a node to be activated", Within, Token);
        await lab.Server.KillAsync();
        await lab.Server.StartAsync(Token);

        var rollout = await lab.EndedAsync(asked.Rollout.Id, Within, Token);
        await lab.Server.StopAsync(Token); // Sends what it has not sent

        Assert.Equal(RolloutStates.Succeeded, rollout.State);
        var trace = receiver.Spans.Where(span => span.TraceId == rollout.TraceId).ToList();
        var root = Assert.Single(trace, span => span.Parent.Length == 0);
        Assert.Equal($"deploy {lab.Service.Name}/production", root.Name);
        Assert.Equal((rollout.CreatedAt, rollout.EndedAt!.Value), (root.Start, root.End));
        Assert.Equal((rollout.Id, "succeeded", "production"), (root.Attributes["deployment.id"], root.Attributes["deployment.status"], root.Attributes["deployment.environment.name"]));
        Assert.Equal("wheelhouse", root.Resource["service.name"]);
        Assert.All(receiver.Requests, request => Assert.Equal("/v1/traces acme", request));
        Assert.DoesNotContain(trace, span => span.IsError);
        AssertIsTree(trace, root);
        var phases = trace.Where(span => span.Parent == root.Id).OrderBy(span => span.Start).Select(span => span.Name).ToList();
        Assert.Equal(["queue", "discover", "lock", "plan", "stage", "activate", "finish"], phases.Distinct());
        foreach (var name in (string[])["app1", "app2"])
        {
            // The server that goes on enters the phases again, so that a node may be there twice; the step is there once.
            var step = Assert.Single(trace, span => span.Name == "activate/web" && span.Attributes["host.name"] == name);
            var node = Assert.Single(trace, span => span.Id == step.Parent);
            Assert.Equal((name, "activate"), (node.Name, Assert.Single(trace, span => span.Id == node.Parent).Name));
        }
    }

    [Fact]
    public async Task A_rollout_that_fails_on_a_node_says_in_its_trace_where_and_why_and_headers_are_sent()
    {
        await using var receiver = new OtlpReceiver();
        await using var lab = await StartAsync(receiver.Url, UseSettings, new HelloService());
        await lab.DeployedAsync("1.0.0", Token);
        await lab.PublishAsync("1.2.0", Token, Broken.HealthWhere(lab.Fleet.Place + "/etc/ill"));
        await File.WriteAllTextAsync(lab.Fleet[1].File(lab.Fleet.Place + "/etc/ill"), "", Token);
        await lab.DeployAsync("1.2.0", Token);
        var rollout = await lab.LastRolloutAsync(Token);
        await lab.Server.StopAsync(Token);

        var trace = receiver.Spans.Where(span => span.TraceId == rollout.TraceId).ToList();
        var root = Assert.Single(trace, span => span.Parent.Length == 0);
        Assert.Equal((true, rollout.Error, "reverted"), (root.IsError, root.Message, root.Attributes["wheelhouse.result"]));
        var failed = Assert.Single(trace, span => span.Name == "check/web" && span.IsError);
        Assert.Contains("503", failed.Message, StringComparison.Ordinal);
        Assert.Equal("app2", failed.Attributes["host.name"]);
        Assert.NotEmpty(failed.Attributes["error.type"]);
        AssertIsTree(trace, root);
        Assert.All(receiver.Requests, request => Assert.Equal("/v1/traces acme", request));
        Assert.Contains(receiver.Spans, span => span.Attributes.GetValueOrDefault("http.route")?.Contains("rollouts", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(receiver.Spans, span => span.Attributes.GetValueOrDefault("url.path")?.StartsWith("/simple", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Without_a_receiver_a_rollout_goes_on_all_the_same_and_the_log_has_the_id_of_its_trace()
    {
        await using var lab = await StartAsync(new Uri($"http://127.0.0.1:{FreePort.Take()}"), UseSettings, new HelloService { More = "drain: /bin/sleep 1" });
        await lab.DeployedAsync("1.0.0", Token);
        var asked = await lab.Server.Client.AskRolloutAsync(
            lab.Service.Name, Lab.Environment, new RolloutRequest { Version = "1.1.0" }, Guid.NewGuid().ToString("N"), Token);
        await Eventually.TrueAsync(
            async () => (await lab.LastRolloutAsync(Token)).Nodes.Any(node => node.State == "activating"), "a node to be activated", Within, Token);
        var stopped = await lab.Server.StopAsync(Token);
        await lab.Server.StartAsync(Token);

        var rollout = await lab.EndedAsync(asked.Rollout.Id, Within, Token);

        Assert.Equal(RolloutStates.Succeeded, rollout.State);
        var line = Assert.Single(stopped.Errors.Split('\n'), line => line.Contains("is interrupted", StringComparison.Ordinal));
        var scopes = JsonDocument.Parse(line).RootElement.GetProperty("Scopes").EnumerateArray().Single(scope => scope.TryGetProperty("Rollout", out _));
        Assert.Equal(
            [rollout.Id, rollout.Service, rollout.Environment, rollout.TraceId],
            ((string[])["Rollout", "Service", "Environment", "TraceId"]).Select(name => scopes.GetProperty(name).GetString()));
    }

    private static async Task<Lab> StartAsync(Uri receiver, Action<ServerProcess, Uri> use, HelloService service) =>
        await Lab.StartAsync(await Fleet.StartAsync(2, Token), server =>
        {
            server.Environment["WHEELHOUSE_LOG_FORMAT"] = "json";
            use(server, receiver);
        }, Token, service, "1.0.0", "1.1.0");

    private static void UseVariables(ServerProcess server, Uri receiver)
    {
        server.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.ToString();
        server.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "x-tenant=acme";
    }

    private static void UseSettings(ServerProcess server, Uri receiver)
    {
        var headers = Path.Combine(server.Data, "otlp-headers");
        File.WriteAllText(headers, "x-tenant: acme\n");
        server.Environment["WHEELHOUSE_TELEMETRY_OTLP_ENDPOINT"] = receiver.ToString();
        server.Environment["WHEELHOUSE_TELEMETRY_OTLP_HEADERS_FILE"] = headers;
    }

    /// <summary>Every span has its parent in the trace, and lies in the time of the rollout.</summary>
    private static void AssertIsTree(List<OtlpSpan> trace, OtlpSpan root)
    {
        var ids = trace.ConvertAll(span => span.Id);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(trace.Where(span => span != root), span =>
        {
            Assert.Contains(span.Parent, ids);
            Assert.True(span.Start >= root.Start && span.End >= span.Start && span.End <= root.End, $"{span}");
        });
    }
}
