using System.Diagnostics;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A rollout survives the death of its server.</summary>
public sealed class KilledServerTests
{
    private const int Kills = 20;

    /// <summary>About as many events has a rollout to three nodes that have the release already.</summary>
    private const int UsualEvents = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_kills_at_random_moments_lose_nothing_and_double_nothing()
    {
        await using var lab = await Lab.StartAsync(nodes: 3, Token, service: null, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.DeployedAsync("1.1.0", Token);
        var clock = Stopwatch.StartNew();
        var seed = Random.Shared.Next();
        var random = new Random(seed);

        for (var kill = 1; kill <= Kills; kill++)
        {
            // Most of them go between releases that lie ready; every fourth has one to stage.
            var version = kill % 4 == 0 ? $"2.{kill}.0" : kill % 2 == 1 ? "1.0.0" : "1.1.0";
            if (kill % 4 == 0) await lab.PublishAsync(version, Token);
            var asked = await lab.Server.Client.AskRolloutAsync(
                lab.Service.Name, Lab.Environment, new RolloutRequest { Version = version }, Guid.NewGuid().ToString("N"), Token);
            var seen = await KillAfterAsync(lab, asked.Rollout.Id, random.Next(UsualEvents), TimeSpan.FromMilliseconds(random.Next(100)));
            await lab.Server.StartAsync(Token);
            var rollout = await lab.EndedAsync(asked.Rollout.Id, TimeSpan.FromSeconds(90), Token);

            var story = new Story(await lab.EventsAsync(rollout.Id, Token));
            var about = $"Kill {kill} with seed {seed}: {rollout.State}, {rollout.Error}\n{story}";
            Assert.True(rollout.State is RolloutStates.Succeeded or RolloutStates.Reverted, about);
            var versions = (await lab.Fleet.VersionsAsync(Token)).Split(' ');
            Assert.True(versions.Distinct().Count() == 1 && versions[0] != "-", $"{string.Join(' ', versions)}\n{about}");
            AssertNothingLostOrDoubled(story, seen, about);
            TestContext.Current.TestOutputHelper!.WriteLine($"{clock.Elapsed:mm\\:ss} kill {kill} after event {seen.Count}: {rollout.State}");
        }
    }

    [Theory]
    [InlineData("app2")]
    [InlineData("app1")]
    public async Task One_that_is_killed_while_it_takes_a_node_back_goes_on_with_that(string node)
    {
        // The hook makes every turn long enough to be seen.
        await using var lab = await Lab.StartAsync(nodes: 3, Token, new HelloService { More = "drain: /bin/sleep 1" }, "1.0.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.PublishAsync("1.1.0", Token, Broken.HealthWhere(lab.Fleet.Place + "/etc/ill"));
        await File.WriteAllTextAsync(lab.Fleet[1].File(lab.Fleet.Place + "/etc/ill"), "", Token);
        var asked = await lab.Server.Client.AskRolloutAsync(
            lab.Service.Name, Lab.Environment, new RolloutRequest { Version = "1.1.0" }, Guid.NewGuid().ToString("N"), Token);
        await Eventually.TrueAsync(
            async () => (await lab.LastRolloutAsync(Token)).Nodes.Any(other => other.Name == node && other.State == "reverting"),
            $"{node} to be taken back", TimeSpan.FromSeconds(60), Token);

        await lab.Server.KillAsync();
        await lab.Server.StartAsync(Token);

        var rollout = await lab.EndedAsync(asked.Rollout.Id, TimeSpan.FromSeconds(90), Token);
        Assert.Equal(RolloutStates.Reverted, rollout.State);
        Assert.Contains("1.1.0 failed on app2", rollout.Error, StringComparison.Ordinal);
        Assert.Equal(["reverted", "reverted", "unchanged"], rollout.Nodes.Select(other => other.State));
        Assert.Equal("1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused()
    {
        await using var server = new ServerProcess();
        await server.StartAsync(Token);

        var second = await ChildProcess.RunAsync(
            ServerProcess.Program, ["run", "--data", server.Data, "--urls", $"http://127.0.0.1:{FreePort.Take()}"], Token);

        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains(server.Data, second.Errors + second.Output, StringComparison.Ordinal);
        Assert.Equal("admin", (await server.Client.WhoAmIAsync(Token)).Role);
    }

    [Fact]
    public async Task A_server_that_is_asked_to_stop_does_so_cleanly()
    {
        await using var server = new ServerProcess();
        await server.StartAsync(Token);

        Assert.Equal(0, (await server.StopAsync(Token)).ExitCode);
    }

    /// <summary>Follows the rollout and kills the server a moment after so many events, or at its end.</summary>
    /// <returns>The ids of the events that the server said had happened.</returns>
    private static async Task<List<long>> KillAfterAsync(Lab lab, string rollout, int events, TimeSpan moment)
    {
        List<long> seen = [];
        await foreach (var happened in lab.Server.Client.FollowEventsAsync(
            new EventQuery(Rollout: rollout), new EventStreamOptions { ReconnectFor = TimeSpan.Zero }, Token))
        {
            seen.Add(happened.Id);
            if (seen.Count > events) break;
        }

        await Task.Delay(moment, Token);
        await lab.Server.KillAsync();
        return seen;
    }

    private static void AssertNothingLostOrDoubled(Story story, List<long> seen, string about)
    {
        var ids = story.Events.Select(happened => happened.Id).ToList();
        Assert.True(ids.SequenceEqual(ids.Distinct().Order()), about);
        Assert.True(seen.TrueForAll(ids.Contains), about);
        Assert.True(story.Events[0].Type == EventTypes.RolloutRequested && story.Events[^1].Type == EventTypes.RolloutEnded, about);
        Assert.True(story.Events.Count(happened => happened.Type == EventTypes.RolloutEnded) == 1, about);
        foreach (var way in story.Steps.Where(step => step.Key.Contains("activate/", StringComparison.Ordinal)).GroupBy(step => step.Key))
            Assert.True(way.Count(step => step.Outcome == "ok") <= 1, $"{way.Key} was done twice.\n{about}");
    }
}
