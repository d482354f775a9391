using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Old workers that are in the middle of a long request while their node serves the new release already.</summary>
public sealed class SettlingTests
{
    /// <summary>Neither gunicorn nor the policy loses its patience with a busy worker before the test does.</summary>
    private static readonly HelloService Patient = new()
    {
        GunicornArguments = "--timeout 600",
        Policy = "{ prove_timeout: 5m, connect_timeout: 5s, connect_retries: 1 }",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_node_does_not_wait_for_them_but_the_rollout_does()
    {
        await using var lab = await Lab.StartAsync(nodes: 3, Token, Patient, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        var busy = MakeBusy(lab);
        await using var deploy = lab.Cli.Start("deploy", lab.Service.Name, Lab.Environment, "1.1.0");

        await WaitForAsync(lab, "app3", "good");
        await WaitForAsync(lab, "app1", "proving");
        Assert.Equal(RolloutStates.Running, (await lab.LastRolloutAsync(Token)).State);
        Processes.Signal(busy, Signals.Continue);

        Assert.Equal(0, (await deploy.FinishAsync(Token)).ExitCode);
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.All(rollout.Nodes, node => Assert.Equal("good", node.State));
        Assert.Contains("all 2 workers started after the flip", string.Join(' ', rollout.Nodes[0].Evidence), StringComparison.Ordinal);
        Assert.Equal("1.1.0 1.1.0 1.1.0", await lab.Fleet.VersionsAsync(Token));
    }

    [Fact]
    public async Task To_cancel_while_they_end_leaves_the_node_unproven_on_the_release()
    {
        await using var lab = await Lab.StartAsync(nodes: 2, Token, Patient, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        var busy = MakeBusy(lab);
        await using var deploy = lab.Cli.Start("deploy", lab.Service.Name, Lab.Environment, "1.1.0");

        await WaitForAsync(lab, "app2", "good");
        await lab.Cli.CheckAsync(Token, "cancel", lab.Service.Name, Lab.Environment);

        Assert.Equal(6, (await deploy.FinishAsync(Token)).ExitCode);
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal(["unproven", "good"], rollout.Nodes.Select(node => node.State));
        Assert.Equal(["1.1.0", "1.1.0"], rollout.Nodes.Select(node => node.Version));
        Processes.Signal(busy, Signals.Continue);
    }

    [Fact]
    public async Task One_that_does_not_end_in_time_fails_its_node_and_the_rollout_is_taken_back_everywhere()
    {
        var service = Patient with { Policy = "{ prove_timeout: 3s, connect_timeout: 5s, connect_retries: 1 }" };
        await using var lab = await Lab.StartAsync(nodes: 3, Token, service, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        var busy = MakeBusy(lab);
        await using var deploy = lab.Cli.Start("deploy", lab.Service.Name, Lab.Environment, "1.1.0");

        await Eventually.TrueAsync(
            async () => new Story(await lab.EventsAsync((await lab.LastRolloutAsync(Token)).Id, Token)).StatesOf("app1").Contains("failed"),
            "app1 to fail", TimeSpan.FromSeconds(60), Token);
        Processes.Signal(busy, Signals.Continue);

        Assert.Equal(4, (await deploy.FinishAsync(Token)).ExitCode);
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal(RolloutStates.Reverted, rollout.State);
        Assert.Contains("workers started before the flip", rollout.Error, StringComparison.Ordinal);
        Assert.All(rollout.Nodes, node => Assert.Equal("reverted", node.State));
        Assert.Equal("1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
    }

    [Fact]
    public async Task A_later_node_that_fails_is_taken_back_without_waiting_for_them()
    {
        await using var lab = await Lab.StartAsync(nodes: 3, Token, service: null, "1.0.0");
        await lab.PublishAsync("1.1.0", Token, Broken.HealthWhere(lab.Fleet.Place + "/etc/ill"));
        await File.WriteAllTextAsync(lab.Fleet[1].File(lab.Fleet.Place + "/etc/ill"), "", Token);
        await lab.DeployedAsync("1.0.0", Token);
        var busy = MakeBusy(lab);
        await using var deploy = lab.Cli.Start("deploy", lab.Service.Name, Lab.Environment, "1.1.0");

        await WaitForAsync(lab, "app2", "reverted");
        Processes.Signal(busy, Signals.Continue);

        Assert.Equal(4, (await deploy.FinishAsync(Token)).ExitCode);
        Assert.Equal("1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
        Assert.Equal(["reverted", "reverted", "unchanged"], (await lab.LastRolloutAsync(Token)).Nodes.Select(node => node.State));
    }

    /// <summary>Stops a worker of the first node: as deaf to its master as in the middle of a long request.</summary>
    private static int MakeBusy(Lab lab)
    {
        var gunicorns = lab.Fleet[0].Processes().Where(process => process.CommandLine.Contains("gunicorn", StringComparison.Ordinal));
        var worker = gunicorns.First(process => Processes.ChildrenOf(process.Id).Count == 0).Id;
        Processes.Signal(worker, Signals.Stop);
        return worker;
    }

    private static Task WaitForAsync(Lab lab, string name, string state) => Eventually.TrueAsync(
        async () => await lab.LastRolloutAsync(Token) is { Version: "1.1.0" } rollout && rollout.Nodes.Any(node => node.Name == name && node.State == state),
        $"{name} to be {state}", TimeSpan.FromSeconds(60), Token);
}
