using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Cli.Following;

public sealed class RolloutFollowerTests
{
    [Fact]
    public async Task A_deploy_is_told_in_plain_lines_and_a_summary()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Happen(Sample.Success);
        api.Rollout = Sample.Succeeded;
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("deploy", "hello", "production", "1.1.0");

        Assert.Equal(0, result.Code);
        Assert.Equal("", result.Error);
        Assert.Equal(
            """
            14:00:00  deploy of 1.1.0 asked for by ada
            14:00:00  started
            14:00:01  staging on 2 nodes
            14:00:01  app1  staging 1.1.0
            14:00:04  app1  staged 1.1.0
            14:00:05  app2  staged 1.1.0
            14:00:05  activating 1.1.0
            14:00:05  batch 1 of 2: app1
            14:00:05  app1  activating 1.1.0
            14:00:08  app1  runs 1.1.0, proven
            14:00:08  batch 2 of 2: app2
            14:00:09  app2  runs 1.1.0, proven
            14:00:42  succeeded

            ✓ hello 1.1.0 runs in production on 2 of 2 nodes (42 s)

              ✓ app1  good  1.1.0
              ✓ app2  good  1.1.0

              How that is known, on app1:
                2 workers started after the flip
                the version endpoint said 1.1.0

              go back     wheelhouse revert hello production
              see again   wheelhouse status hello production

            """,
            Trimmed(result.Out));
    }

    [Fact]
    public async Task A_reverted_deploy_says_why_and_what_never_changed()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Happen(Sample.Ended("reverted"));
        api.Rollout = Sample.Reverted;
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("deploy", "hello", "production");

        Assert.Equal(ExitCodes.Reverted, result.Code);
        Assert.Equal(
            """
            14:00:42  reverted

            ↩ hello 1.1.0 failed in production and was reverted; now runs 1.0.0 on 2 of 2 nodes (42 s)

              ✗ 1 node failed, and the failure budget is 0.
                on production
              ✗ The health check answered 500.
                on app1
                fix: Read the service's log on the node.

              ↩ app1  reverted  1.0.0

              Not changed: app2 (still 1.0.0)

              look closer wheelhouse logs 01JD0000000000000000000000 --node app1
              see again   wheelhouse status hello production

            """,
            Trimmed(result.Out));
    }

    [Theory]
    [InlineData("succeeded", 0)]
    [InlineData("planned", 0)]
    [InlineData("reverted", 4)]
    [InlineData("failed", 5)]
    [InlineData("cancelled", 6)]
    public async Task The_exit_code_tells_how_it_ended(string state, int code)
    {
        await using var api = await ApiDouble.StartAsync();
        api.Happen(Sample.Ended(state));
        api.Rollout = Sample.Rollout(state);
        using var cli = new CliRunner(api.Url);

        Assert.Equal(code, (await cli.RunAsync("follow", Sample.Id)).Code);
    }

    [Fact]
    public async Task A_pause_ends_the_following_with_the_ways_on()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Happen(Sample.Event(1, 3, EventTypes.RolloutPaused, "waits for a person"));
        api.Rollout = Sample.Rollout(RolloutStates.Paused);
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("deploy", "hello", "production");

        Assert.Equal(ExitCodes.Paused, result.Code);
        Assert.Contains($"wheelhouse resume {Sample.Id}", result.Out, StringComparison.Ordinal);
        Assert.Contains($"wheelhouse revert {Sample.Id}", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_break_lose_and_double_nothing()
    {
        await using var api = await ApiDouble.StartAsync();
        foreach (var cut in (int[])[3, 0, 4, 1]) api.Cuts.Enqueue(cut);
        api.Happen(Sample.Success);
        api.Rollout = Sample.Succeeded;
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("deploy", "hello", "production", "--json");

        Assert.Equal(0, result.Code);
        var lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = lines[..^1].Select(line => JsonSerializer.Deserialize<EventView>(line, WheelhouseClient.Json)!.Id);
        Assert.Equal(Sample.Success.Select(happened => happened.Id), events);
        Assert.Equal(RolloutStates.Succeeded, JsonSerializer.Deserialize<RolloutView>(lines[^1], WheelhouseClient.Json)!.State);
        Assert.Equal(5, api.Connections.Count);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up_with_the_way_back()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes["GET /api/events/stream"] = http => ApiDouble.ProblemAsync(http, new ApiProblem { Status = 503, Detail = "stopping" });
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("deploy", "hello", "production", "--reconnect-for", "0s");

        Assert.Equal(ExitCodes.Error, result.Code);
        Assert.Contains($"wheelhouse follow {Sample.Id}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task A_signal_detaches_and_says_how_to_follow_and_cancel(PosixSignal signal, int code)
    {
        await using var api = await ApiDouble.StartAsync();
        using var cli = new CliRunner(api.Url);
        var connected = Connected(api);

        var running = cli.RunAsync("deploy", "hello", "production");
        await connected;
        cli.Interrupts.Raise(signal);
        var result = await running;

        Assert.Equal(code, result.Code);
        Assert.Contains($"wheelhouse follow {Sample.Id}", result.Error, StringComparison.Ordinal);
        Assert.Contains($"wheelhouse cancel {Sample.Id}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"POST /api/rollouts/{Sample.Id}/cancel", api.Requests);
    }

    [Fact]
    public async Task A_signal_cancels_and_waits_when_told_so()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes[$"POST /api/rollouts/{Sample.Id}/cancel"] = http =>
        {
            api.Rollout = Sample.Rollout(RolloutStates.Cancelled);
            api.Happen(Sample.Ended("cancelled"));
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        };
        using var cli = new CliRunner(api.Url);
        var connected = Connected(api);

        var running = cli.RunAsync("deploy", "hello", "production", "--cancel-on-interrupt");
        await connected;
        cli.Interrupts.Raise(PosixSignal.SIGTERM);
        var result = await running;

        Assert.Equal(ExitCodes.Cancelled, result.Code);
        Assert.Contains("was cancelled", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resuming_shows_only_what_is_new_and_does_not_stop_at_the_old_pause()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Happen(Sample.Event(5, 3, EventTypes.RolloutPaused, "waits for a person"));
        api.Rollout = Sample.Rollout(RolloutStates.Paused);
        api.Routes[$"POST /api/rollouts/{Sample.Id}/resume"] = http =>
        {
            api.Rollout = Sample.Succeeded;
            api.Happen(Sample.Ended("succeeded"));
            return Task.CompletedTask;
        };
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("resume", Sample.Id);

        Assert.Equal(0, result.Code);
        Assert.DoesNotContain("waits for a person", result.Out, StringComparison.Ordinal);
    }

    /// <summary>Ends once the stream of events is asked for.</summary>
    private static Task Connected(ApiDouble api)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        api.Routes["GET /api/events/stream"] = async http =>
        {
            api.Routes.Remove("GET /api/events/stream");
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
