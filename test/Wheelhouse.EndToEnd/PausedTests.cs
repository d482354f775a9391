using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A rollout that stops for a person, who lets it go on: what the nodes ran before it is not forgotten.</summary>
public sealed class PausedTests
{
    private const int Paused = 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_was_resumed_in_vain_is_taken_back_to_what_ran_before_it()
    {
        await using var lab = await PausedLabAsync();
        var rollout = (await lab.LastRolloutAsync(Token)).Id;

        Assert.Equal(Paused, (await lab.Cli.RunAsync(Token, "resume", rollout)).ExitCode);
        await lab.Cli.RunAsync(Token, "revert", rollout);

        Assert.Equal("1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
        Assert.Equal(["reverted 1.0.0", "reverted 1.0.0", "unchanged 1.0.0"], await RecordAsync(lab));
    }

    [Fact]
    public async Task One_that_is_resumed_after_the_server_was_killed_knows_what_every_node_runs()
    {
        await using var lab = await PausedLabAsync();
        File.Delete(lab.Fleet[1].File(Ill(lab.Fleet)));
        await lab.Server.KillAsync();
        await lab.Server.StartAsync(Token);

        Assert.Equal(0, (await lab.Cli.RunAsync(Token, "resume", (await lab.LastRolloutAsync(Token)).Id)).ExitCode);

        Assert.Equal(["good 1.1.0", "good 1.1.0", "good 1.1.0"], await RecordAsync(lab));
        Assert.Equal(0, (await lab.Cli.RunAsync(Token, "revert", lab.Service.Name, Lab.Environment)).ExitCode);
        Assert.Equal("1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
    }

    /// <summary>A rollout of 1.1.0 over three nodes, paused because the second is ill.</summary>
    private static async Task<Lab> PausedLabAsync()
    {
        var service = new HelloService { Policy = "{ on_failure: pause }" };
        var lab = await Lab.StartAsync(nodes: 3, Token, service, "1.0.0");
        await lab.PublishAsync("1.1.0", Token, Broken.HealthWhere(Ill(lab.Fleet)));
        await lab.DeployedAsync("1.0.0", Token);
        await File.WriteAllTextAsync(lab.Fleet[1].File(Ill(lab.Fleet)), "", Token);
        Assert.Equal(Paused, (await lab.DeployAsync("1.1.0", Token)).ExitCode);
        return lab;
    }

    private static string Ill(Fleet fleet) => fleet.Place + "/etc/ill";

    private static async Task<IEnumerable<string>> RecordAsync(Lab lab) =>
        (await lab.LastRolloutAsync(Token)).Nodes.Select(node => $"{node.State} {node.Version}");
}
