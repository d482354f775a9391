using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>What is held stays as it is, unless somebody says why not.</summary>
public sealed class HoldTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_refuses_both_buttons_and_never_the_way_back_of_a_failing_rollout()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0", "1.1.0");
        await lab.PublishAsync("1.2.0", Token, Broken.Health);
        await lab.DeployedAsync("1.0.0", Token);
        await lab.DeployedAsync("1.1.0", Token);
        await lab.Cli.CheckAsync(Token, "hold", lab.Service.Name, Lab.Environment, "--reason", "stocktaking", "--for", "4h");

        AssertEnds(3, await lab.DeployAsync("1.0.0", Token), "stocktaking", "--override-hold");
        AssertEnds(3, await lab.Cli.RunAsync(Token, "revert", lab.Service.Name, Lab.Environment), "stocktaking");
        AssertEnds(0, await lab.Cli.RunAsync(Token, "plan", lab.Service.Name, Lab.Environment, "1.0.0"), "stocktaking", "--override-hold");
        Assert.Equal("1.1.0", await lab.Fleet.VersionsAsync(Token));

        AssertEnds(4, await lab.DeployAsync("1.2.0", Token, "--override-hold", "the till is down"), "1.2.0");
        Assert.Equal("1.1.0", await lab.Fleet.VersionsAsync(Token));
        AssertEnds(0, await lab.Cli.RunAsync(Token, "revert", lab.Service.Name, Lab.Environment, "--override-hold", "1.1.0 charges twice"), "1.0.0");
        Assert.Equal("1.0.0", await lab.Fleet.VersionsAsync(Token));

        await lab.Cli.CheckAsync(Token, "unhold", lab.Service.Name, Lab.Environment);
        await lab.DeployedAsync("1.1.0", Token);
    }

    private static void AssertEnds(int code, Finished finished, params string[] saying)
    {
        var said = $"{finished.Output}\n{finished.Errors}";
        Assert.True(code == finished.ExitCode, $"{finished.ExitCode}: {said}");
        Assert.All(saying, words => Assert.Contains(words, said.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }
}
