using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A rollout that is cancelled while a node is out of its load balancer: it does not stay out.</summary>
public sealed class DrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("drain", "out", "1.0.0")]
    [InlineData("undrain", "coming", "1.1.0")]
    public async Task A_cancelled_rollout_puts_a_drained_node_back(string slow, string seen, string version)
    {
        const string Balancer = "{root}/balancer";
        var service = new HelloService
        {
            More = $$"""
                drain: "/bin/sh -c 'echo out > {{Balancer}}; if [ -e {root}/slow-drain ]; then sleep 50; fi'"
                undrain: "/bin/sh -c 'echo coming > {{Balancer}}; if [ -e {root}/slow-undrain ]; then sleep 2; fi; echo in > {{Balancer}}'"
                """,
        };
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        var root = service.Root(lab.Fleet);
        await File.WriteAllTextAsync(lab.Fleet[0].File($"{root}/slow-{slow}"), "", Token);
        await using var deploy = lab.Cli.Start("deploy", lab.Service.Name, Lab.Environment, "1.1.0");
        await BalancerSaysAsync(seen);

        await lab.Cli.CheckAsync(Token, "cancel", lab.Service.Name, Lab.Environment);

        Assert.Equal(6, (await deploy.FinishAsync(Token)).ExitCode);
        Assert.Equal(RolloutStates.Cancelled, (await lab.LastRolloutAsync(Token)).State);
        await BalancerSaysAsync("in");
        Assert.Equal(version, await lab.Fleet[0].VersionAsync(Token));

        Task BalancerSaysAsync(string word) => Eventually.TrueAsync(
            () => File.ReadAllText(lab.Fleet[0].File($"{root}/balancer")).Trim() == word, $"the node to be {word}", TimeSpan.FromSeconds(30), Token);
    }
}
