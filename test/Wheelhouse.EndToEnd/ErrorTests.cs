using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Whatever is wrong before a rollout can do anything is told with its fix, and nothing is changed.</summary>
public sealed class ErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bad_input_is_told_with_its_place_and_its_fix()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0");
        await lab.DeployedAsync("1.0.0", Token);

        var yaml = lab.Service.ToYaml(lab.Fleet).Replace("signal: HUP", "signal: HUPP", StringComparison.Ordinal)
            .Replace("within: 5s", "within: soon", StringComparison.Ordinal);
        var path = lab.Folder.Write("bad.yaml", yaml);
        var applied = await lab.Cli.RunAsync(Token, "apply", "-f", path);
        AssertRefused(applied, "HUPP", $"bad.yaml:{LineOf(yaml, "HUPP")}", "soon");
        Assert.Single(await lab.Server.Client.ListServicesAsync(Token));

        AssertRefused(await lab.DeployAsync("9.9.9", Token), "9.9.9");
        AssertRefused(await lab.Cli.RunAsync(Token, "deploy", "nothing-like-it", Lab.Environment), "nothing-like-it");
        AssertRefused(await lab.Cli.RunAsync(Token, "deploy", lab.Service.Name, "nowhere"), "nowhere");

        var stranger = new Cli(lab.Server, lab.Folder) { Token = "whl_nobody" };
        AssertRefused(await stranger.RunAsync(Token, "deploy", lab.Service.Name, Lab.Environment, "1.0.0"), "token");
        Assert.Equal("1.0.0", await lab.Fleet[0].VersionAsync(Token));
        Assert.Single(await lab.Server.Client.ListRolloutsAsync(lab.Service.Name, Lab.Environment, limit: 10, before: null, Token), rollout => rollout.State == "succeeded");
    }

    [Fact]
    public async Task An_unknown_package_is_told_at_the_push()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, new HelloService { Package = "acme-nothing" });
        AssertRefused(await lab.DeployAsync("1.0.0", Token), "acme-nothing");
        AssertNothingChanged(lab);
    }

    [Fact]
    public async Task Host_keys_that_are_unknown_or_changed_are_never_accepted_by_themselves()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0");
        var knownHosts = Path.Combine(lab.Server.Data, "ssh", "known_hosts");
        var trusted = await File.ReadAllTextAsync(knownHosts, Token);
        await File.WriteAllTextAsync(knownHosts, "", Token);
        AssertRefused(await lab.DeployAsync("1.0.0", Token), "host key", "wheelhouse nodes trust");
        AssertNothingChanged(lab);

        await File.WriteAllTextAsync(knownHosts, trusted, Token);
        await lab.DeployedAsync("1.0.0", Token);
        await lab.PublishAsync("1.1.0", Token);
        await lab.Fleet[0].ChangeHostKeyAsync(Token);
        AssertRefused(await lab.DeployAsync("1.1.0", Token), "changed");

        // Not even a yes to everything covers a key that changed: that takes its name.
        AssertRefused(await lab.Cli.RunAsync(Token, "nodes", "trust", lab.Service.Name, Lab.Environment, "--yes"), "changed", "--fingerprint");
    }

    [Fact]
    public async Task A_python_that_the_node_does_not_have_is_told_with_those_it_has()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, new HelloService { Python = "3.99" }, "1.0.0");

        AssertRefused(await lab.DeployAsync("1.0.0", Token), "3.99", "3.11");
        AssertNothingChanged(lab);
        var doctor = await lab.Cli.RunAsync(Token, "doctor", lab.Service.Name, Lab.Environment);
        Assert.NotEqual(0, doctor.ExitCode);
        Assert.Contains("3.99", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_what_ran_runs_on()
    {
        await using var lab = await Lab.StartAsync(nodes: 2, Token, service: null, "1.0.0", "1.1.0");
        await lab.Fleet[1].KillAsync();
        await lab.Fleet[1].StartAsync(Token, boot: "mount -t tmpfs -o size=24m none $1/srv");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.Fleet.RunAsync(lab.Fleet[1], $"cat /dev/zero >{lab.Fleet.Place}/srv/fill || true", Token);

        AssertRefused(await lab.DeployAsync("1.1.0", Token), "app2", "no space left", "free space");
        Assert.Equal("1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
    }

    private static void AssertRefused(Finished finished, params string[] saying)
    {
        var said = finished.Output + "\n" + finished.Errors;
        Assert.True(finished.ExitCode != 0, said);
        foreach (var words in saying)
            Assert.True(said.ReplaceLineEndings(" ").Contains(words, StringComparison.OrdinalIgnoreCase), $"It should say '{words}':\n{said}");
    }

    private static void AssertNothingChanged(Lab lab) =>
        Assert.All(lab.Fleet.Nodes, node => Assert.False(Path.Exists(node.File(lab.Service.Root(lab.Fleet) + "/current"))));

    private static int LineOf(string text, string words) => text.Split('\n').TakeWhile(line => !line.Contains(words, StringComparison.Ordinal)).Count() + 1;
}
