using System.Text.Json;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Index;

/// <summary>A service that needs more than what was uploaded here.</summary>
public sealed class UpstreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_gets_what_a_lock_has_of_an_upstream_when_the_upstream_is_gone()
    {
        using var folder = new TempFolder();
        await using var upstream = new ServerProcess();
        await upstream.StartAsync(Token);
        await new PyTools(upstream, folder).UploadAsync(await Wheels.EmptyAsync(folder, "acme_helper", "1.0", Token));
        await using var lab = await Lab.StartAsync(await Fleet.StartAsync(2, Token), server =>
        {
            server.Environment["UPSTREAM_CREDENTIALS"] = ServerProcess.AdminToken;
            server.Environment["WHEELHOUSE_INDEX_UPSTREAMS"] = JsonSerializer.Serialize(
                new[] { new { name = "origin", url = new Uri(upstream.Url, "simple/").ToString(), credentials_variable = "UPSTREAM_CREDENTIALS" } });
        }, Token);
        await lab.PublishAsync("1.0.0", Token, requires: "acme-helper");

        var first = await lab.DeployAsync("1.0.0", Token, "--limit", lab.Fleet[0].Name);
        Assert.True(first.ExitCode == 0, first.Output + first.Errors + lab.Server.Log);
        await upstream.StopAsync(Token);
        await lab.DeployedAsync("1.0.0", Token);
        await lab.Cli.CheckAsync(Token, "packages", "acme-helper");
        Assert.DoesNotContain(ServerProcess.AdminToken, lab.Server.Log, StringComparison.Ordinal);
    }
}
