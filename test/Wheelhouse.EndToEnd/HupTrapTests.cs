using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>The ways in which a reload does not bring the new code, and a signal does not reach who it should.</summary>
public sealed class HupTrapTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_master_that_preloads_the_application_is_restarted()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, new HelloService { GunicornArguments = "--preload" }, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        var master = Master(lab);

        await lab.DeployedAsync("1.1.0", Token);

        Assert.NotEqual(master, Master(lab));
    }

    [Fact]
    public async Task A_master_that_was_started_from_a_release_is_restarted_through_current()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        await StopMasterAsync(lab);
        await lab.Fleet.RunAsync(
            lab.Fleet[0],
            $"cd / && $(readlink -f {Root(lab)}/current)/bin/python -m gunicorn -c {lab.Fleet.Place}/etc/hello.py --daemon hello.wsgi:app",
            Token);
        await Eventually.TrueAsync(async () => await lab.Fleet[0].VersionAsync(Token) == "1.0.0", "gunicorn by hand", TimeSpan.FromSeconds(10), Token);
        var master = Master(lab);

        await lab.DeployedAsync("1.1.0", Token);

        Assert.NotEqual(master, Master(lab));
        Assert.Contains("/current/bin/python", await lab.Fleet.RunAsync(lab.Fleet[0], $"ps -o args= -p {Master(lab)}", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_pidfile_that_names_a_stranger_never_gets_the_stranger_signalled()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token, service: null, "1.0.0", "1.1.0");
        await lab.DeployedAsync("1.0.0", Token);
        var stranger = (await lab.Fleet.RunAsync(lab.Fleet[0], "setsid sleep 600 >/dev/null 2>&1 </dev/null & echo $!", Token)).Trim();
        await File.WriteAllTextAsync(PidFile(lab), stranger + "\n", Token);

        var finished = await lab.DeployAsync("1.1.0", Token);

        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains("pidfile", finished.Output + finished.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sleep 600", await lab.Fleet.RunAsync(lab.Fleet[0], $"ps -o args= -p {stranger}", Token), StringComparison.Ordinal);
        Assert.Equal("1.0.0", await lab.Fleet[0].VersionAsync(Token));
    }

    [Fact]
    public async Task A_change_of_the_masters_own_packages_is_a_restart()
    {
        await using var lab = await Lab.StartAsync(nodes: 1, Token);
        foreach (var version in (string[])["1.0", "1.1"])
        {
            await lab.UploadAsync(Token, await Wheels.EmptyAsync(lab.Folder, "gevent", version, Token));
            await lab.PublishAsync(version + ".0", Token, requires: $"gevent=={version}");
        }

        await lab.DeployedAsync("1.0.0", Token);
        var master = Master(lab);
        await lab.DeployedAsync("1.1.0", Token);

        Assert.NotEqual(master, Master(lab));
    }

    private static string Root(Lab lab) => lab.Service.Root(lab.Fleet);

    private static string PidFile(Lab lab) => lab.Fleet[0].File(lab.Service.PidFile(lab.Fleet));

    private static string Master(Lab lab) => File.ReadAllText(PidFile(lab)).Trim();

    private static async Task StopMasterAsync(Lab lab)
    {
        await lab.Fleet.RunAsync(lab.Fleet[0], $"kill {Master(lab)}", Token);
        await Eventually.TrueAsync(() => !File.Exists(PidFile(lab)), "gunicorn to stop", TimeSpan.FromSeconds(15), Token);
    }
}
