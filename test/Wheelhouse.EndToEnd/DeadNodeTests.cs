using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A node that cannot be reached counts against the failure budget like any other failure.</summary>
public sealed class DeadNodeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_budget_a_dead_node_stops_everything_and_with_one_the_rest_goes_on()
    {
        var service = new HelloService { Policy = "{ failure_budget: 0, connect_timeout: 3s, connect_retries: 1 }" };
        await using var lab = await Lab.StartAsync(nodes: 3, Token, service, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.Fleet[2].KillAsync();

        var refused = await lab.DeployAsync("1.1.0", Token);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Equal("1.0.0 1.0.0 -", await lab.Fleet.VersionsAsync(Token));
        var failed = await lab.LastRolloutAsync(Token);
        Assert.Equal(RolloutStates.Failed, failed.State);
        Assert.Contains("app3", failed.Error, StringComparison.Ordinal);
        Assert.Empty(new Story(await lab.EventsAsync(failed.Id, Token)).Of("activate/"));

        await lab.ApplyAsync(service with { Policy = service.Policy.Replace("budget: 0", "budget: 1", StringComparison.Ordinal) }, Token);
        var finished = await lab.DeployAsync("1.1.0", Token);
        Assert.True(finished.ExitCode == 0, finished.Output + finished.Errors);
        Assert.Equal("1.1.0 1.1.0 -", await lab.Fleet.VersionsAsync(Token));
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal(RolloutStates.Succeeded, rollout.State);
        Assert.Equal("drifted", rollout.Nodes.Single(node => node.Name == "app3").State);
    }

    [Fact]
    public async Task A_node_that_dies_while_it_is_taken_back_is_told_as_drifted()
    {
        var service = new HelloService { CheckWithin = "2s", Policy = "{ batches: [2], connect_timeout: 2s, connect_retries: 1 }" };
        await using var lab = await Lab.StartAsync(nodes: 2, Token, service, "1.0.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.PublishAsync("1.1.0", Token, Broken.Health);
        await using var deploy = lab.Cli.Start("deploy", service.Name, Lab.Environment, "1.1.0");

        // The check fails for two seconds; whoever dies now is not there for its own revert.
        await Eventually.TrueAsync(
            async () => (await lab.LastRolloutAsync(Token)).Nodes.Any(node => node is { Name: "app2", State: "activating" or "failed" or "reverting" }),
            "app2 to be activating", TimeSpan.FromSeconds(30), Token);
        await lab.Fleet[1].KillAsync();
        var finished = await deploy.FinishAsync(Token);

        Assert.Equal(5, finished.ExitCode);
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal(RolloutStates.Failed, rollout.State);
        Assert.Equal("reverted", rollout.Nodes.Single(node => node.Name == "app1").State);
        var dead = rollout.Nodes.Single(node => node.Name == "app2");
        Assert.Equal("drifted", dead.State);
        Assert.NotNull(dead.Error);
        Assert.Equal("1.0.0 -", await lab.Fleet.VersionsAsync(Token));
    }
}
