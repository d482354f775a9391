using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Versions as people write them, and versions that are nearly the same (PEP 440).</summary>
public sealed class VersionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_may_be_written_otherwise_than_its_release_and_a_local_one_is_another()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0", "1.0.0+local.1", "1.1.0");

        await AssertDeployedAsync(lab, "v1.0", runs: "1.0.0");
        await AssertDeployedAsync(lab, "1.1", runs: "1.1.0");
        Assert.Equal(0, (await lab.Cli.RunAsync(Token, "revert", lab.Service.Name, Lab.Environment, "--to", "1")).ExitCode);
        Assert.Equal("1.0.0", await lab.Fleet[0].VersionAsync(Token));
        await AssertDeployedAsync(lab, "1.0+LOCAL-1", runs: "1.0.0+local.1");
    }

    private static async Task AssertDeployedAsync(Lab lab, string written, string runs)
    {
        var finished = await lab.DeployAsync(written, Token);
        Assert.True(finished.ExitCode == 0, $"{finished.Output}\n{finished.Errors}");
        Assert.Equal(runs, await lab.Fleet[0].VersionAsync(Token));
        Assert.Equal(runs, (await lab.LastRolloutAsync(Token)).Version);
    }
}
