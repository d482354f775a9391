using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Services share nodes, but nothing else.</summary>
public sealed class TwoServicesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_services_of_two_users_are_deployed_on_one_node_at_the_same_time()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make the two accounts.");
        await using var first = await TestUser.MakeAsync(Token);
        await using var second = await TestUser.MakeAsync(Token);
        await using var lab = await Lab.StartAsync(nodes: 1, Token, new HelloService { Name = "other", User = second.Name }, "1.0.0", "1.1.0");
        await lab.ApplyAsync(new HelloService { User = first.Name }, Token);

        foreach (var version in (string[])["1.0.0", "1.1.0"])
        {
            var both = await Task.WhenAll(
                lab.Cli.RunAsync(Token, "deploy", "hello", Lab.Environment, version),
                lab.Cli.RunAsync(Token, "deploy", "other", Lab.Environment, version));
            Assert.All(both, finished => Assert.True(finished.ExitCode == 0, finished.Output + finished.Errors));
            Assert.Equal(version, await lab.Fleet.VersionsAsync(Token, "hello"));
            Assert.Equal(version, await lab.Fleet.VersionsAsync(Token, "other"));
        }

        Assert.Equal(first.Name, await OwnerAsync(lab, "hello"));
        Assert.Equal(second.Name, await OwnerAsync(lab, "other"));

        // Who took over the service could not rewrite what it runs, nor the fence.
        var root = lab.Service.Root(lab.Fleet);
        foreach (var path in (string[])[root + "/current/pyvenv.cfg", root + "/.wheelhouse/fence.json", root])
        {
            var tried = await lab.Fleet.RunAsync(lab.Fleet[0], $"sudo -n -u {first.Name} test -w {path} && echo writable || echo no", Token);
            Assert.Equal("no", tried.Trim());
        }
    }

    private static async Task<string> OwnerAsync(Lab lab, string service) =>
        (await lab.Fleet.RunAsync(lab.Fleet[0], $"ps -o user:32= -p $(cat {lab.Fleet.Place}/run/{service}.pid)", Token)).Trim();
}
