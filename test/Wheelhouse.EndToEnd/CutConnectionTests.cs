using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A connection that is lost in the middle: the step is done once or cleanly failed, and nothing of ours stays behind.</summary>
public sealed class CutConnectionTests
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Moments => new()
    {
        { "stage", false },
        { "stage", true },
        { "activate", false },
        { "activate", true },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Nothing_is_left_half_done(string moment, bool packetsAreDropped)
    {
        // Both steps take two seconds and say so by a file, so that the cut is surely in the middle of one.
        var service = new HelloService { Policy = "{ connect_timeout: 3s, connect_retries: 5 }" };
        await using var lab = await Lab.StartAsync(nodes: 3, Token, service, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        await using var relay = new CutProxy(lab.Fleet[1].Port);
        lab.Fleet[1].ReachedAt = relay.Port;
        await lab.ApplyAsync(Slow(lab, moment), Token);
        await lab.TrustAsync(Token);
        var begun = lab.Fleet[1].File(lab.Fleet.Place + "/run/begun");

        await using var deploy = lab.Cli.Start("deploy", service.Name, Lab.Environment, "1.1.0");
        await Eventually.TrueAsync(() => File.Exists(begun), $"{moment} on app2", Settled, Token);
        if (packetsAreDropped) relay.FallSilent(); else relay.Cut();
        if (packetsAreDropped)
        {
            await Eventually.TrueAsync(() => lab.Fleet[1].Leftovers().All(process => !process.CommandLine.Contains("sleep 2", StringComparison.Ordinal)), "the command to end", Settled, Token);
            relay.Restore();
        }

        var finished = await deploy.FinishAsync(Token);

        var rollout = await lab.LastRolloutAsync(Token);
        var story = new Story(await lab.EventsAsync(rollout.Id, Token));
        Assert.True(rollout.State is RolloutStates.Succeeded or RolloutStates.Reverted or RolloutStates.Failed, $"{finished.Output}\n{story}");
        var expected = rollout.State == RolloutStates.Succeeded ? "1.1.0" : "1.0.0";
        Assert.True($"{expected} {expected} {expected}" == await lab.Fleet.VersionsAsync(Token), $"{rollout.State}: {await lab.Fleet.VersionsAsync(Token)}\n{story}");
        if (moment == "activate") Assert.Equal("begun\n", await File.ReadAllTextAsync(begun, Token));

        await lab.Server.StopAsync(Token);
        await Eventually.TrueAsync(
            () => lab.Fleet.Nodes.All(node => node.Leftovers().Count == 0),
            $"no process of ours on the nodes: {string.Join("; ", lab.Fleet.Nodes.SelectMany(node => node.Leftovers()))}", Settled, Token);
    }

    /// <summary>The service with one step that takes two seconds.</summary>
    private static HelloService Slow(Lab lab, string moment)
    {
        var place = lab.Fleet.Place;
        foreach (var node in lab.Fleet.Nodes)
            File.WriteAllText(node.File($"{place}/etc/slow"), $"echo begun >>{place}/run/begun\nsleep 2\n");
        return lab.Service with
        {
            More = moment == "stage" ? $"preflight: {{ command: \"sh {place}/etc/slow\" }}" : $"drain: {{ command: \"sh {place}/etc/slow\" }}",
        };
    }
}
