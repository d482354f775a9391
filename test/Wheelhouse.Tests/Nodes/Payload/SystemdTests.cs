using System.Text.Json.Nodes;
using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

public sealed class SystemdTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unit_is_started_reloaded_restarted_and_stopped()
    {
        await using var systemd = await UserSystemd.StartAsync(Token);
        await using var service = await DeployedAsync(systemd, First);
        await service.AssertRunsAsync(First);
        var master = await MainPidAsync(systemd, service);

        var reloaded = await service.ActivateAsync(Second);
        await service.AssertRunsAsync(Second);
        var again = await service.ActivateAsync(Second);
        var after = await MainPidAsync(systemd, service);
        var restarted = await service.ActivateAsync(First, mode: "restart");
        await service.AssertRunsAsync(First);
        var last = await MainPidAsync(systemd, service);
        var stopped = await service.FencedAsync("deactivate", new { processes = new[] { service.Process } });

        Assert.Equal(("reloaded", "none", "restarted"), ((string?)reloaded["action"], (string?)again["action"], (string?)restarted["action"]));
        Assert.Equal(master, after);
        Assert.NotEqual(master, last);
        Assert.Equal("web", (string?)Assert.Single(stopped["stopped"]!.AsArray()));
        Assert.False(Processes.IsRunning(last));
        Assert.Equal("inactive", (await ChildProcess.RunAsync("systemctl", ["--user", "is-active", Unit(service)], Token, systemd.Environment)).Output); // not started again
    }

    [Fact]
    public async Task A_unit_that_does_not_start_is_named()
    {
        await using var systemd = await UserSystemd.StartAsync(Token);

        var error = await Assert.ThrowsAsync<PayloadException>(() => DeployedAsync(systemd, Broken));

        Assert.Equal("start_failed", error.Code);
        Assert.Contains("hello-", error.Message, StringComparison.Ordinal);
    }

    private static string Unit(PayloadService service) => $"hello-{service.Port}.service";

    private static async Task<int> MainPidAsync(UserSystemd systemd, PayloadService service) => int.Parse(
        await ChildProcess.CheckAsync("systemctl", ["--user", "show", "--property", "MainPID", "--value", Unit(service)], Token, systemd.Environment),
        System.Globalization.CultureInfo.InvariantCulture);

    private async Task<PayloadService> DeployedAsync(UserSystemd systemd, string version)
    {
        var service = await PayloadService.StartAsync(wheels, environment: systemd.Environment);
        try
        {
            await systemd.WriteAsync(Unit(service), $"""
                [Unit]
                StartLimitIntervalSec=0
                [Service]
                Type=notify
                ExecStart={service.Root}/current/bin/gunicorn {(version == Broken ? "--preload" : "-w 2")} -b 127.0.0.1:{service.Port} hello.wsgi:app
                ExecReload=/bin/kill -HUP $MAINPID
                Restart={(version == Broken ? "no" : "always")}
                RestartSec=0
                """, Token);
            service.Process["pidfile"] = null;
            foreach (var action in new[] { "start", "reload" }) service.Process[action] = new JsonObject { ["systemd"] = Unit(service), ["scope"] = "user" };
            foreach (var staged in new[] { First, Second, version }.Distinct()) await service.StageAsync(staged);
            await service.ActivateAsync(version);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }
}
