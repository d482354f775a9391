using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>A login user with no right but the sudoers line of docs/operate/nodes.md, and another service user, as in production.</summary>
public sealed class DeployUserTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_sudoers_line_is_enough_for_all_requests()
    {
        await using var deploy = await MakeUserAsync();
        await using var service = await DeployedAsync(deploy);
        await service.AssertRunsAsync(First);
        var master = await service.FindMasterAsync();

        var reloaded = await service.ActivateAsync(Second);
        await service.AssertRunsAsync(Second);
        await service.FencedAsync("command", new { name = "drain", command = "/usr/bin/id -un" });
        var doctor = await service.Payload.AskAsync(
            "doctor", new { python = "3.11", processes = new[] { service.Process }, index = service.Index.AsArgument, min_free_bytes = 1 }, Token);
        var pruned = await service.FencedAsync("prune", new { keep = Array.Empty<string>(), count = 0 });
        await service.FencedAsync("deactivate", new { processes = new[] { service.Process } });

        Assert.Equal("reloaded", (string?)reloaded["action"]);
        Assert.Contains("daemon", service.Payload.Messages, StringComparison.Ordinal);
        Assert.Empty(doctor["findings"]!.AsArray().Where(f => (string?)f!["status"] is "failed" or "warning").Select(f => f!.ToJsonString()));
        Assert.Equal(PayloadService.Release(First), (string?)Assert.Single(pruned["removed"]!.AsArray()));
        Assert.False(Processes.IsRunning(master));
        var owner = await ChildProcess.CheckAsync("stat", ["-c", "%U", service.Root], Token);
        Assert.Equal(deploy.Name, owner.Trim());
    }

    [Theory]
    [InlineData("GUNICORN_CMD_ARGS")]
    [InlineData("configuration file")]
    public async Task Preloading_is_seen_though_the_process_is_another_users(string by)
    {
        await using var deploy = await MakeUserAsync();
        await using var service = await DeployedAsync(deploy, async s =>
        {
            var config = s.Folder.Write("gunicorn.conf.py", "preload_app = True\n");
            await ChildProcess.CheckAsync("chown", ["daemon", config], Token);
            await ChildProcess.CheckAsync("chmod", ["400", config], Token);
            var more = by == "configuration file" ? $"-c {config} " : "";
            var start = by == "configuration file" ? "{current}/bin/gunicorn" : "env GUNICORN_CMD_ARGS=--preload {current}/bin/gunicorn";
            s.Process["start"] = PayloadService.Command($"{start} {more}{s.Arguments}");
        });

        var result = await service.ActivateAsync(Second);

        Assert.Contains("preloads", (string?)result["reason"], StringComparison.Ordinal);
        await service.AssertRunsAsync(Second);
    }

    [Fact]
    public async Task A_killed_payload_leaves_nothing_of_the_service_user_behind()
    {
        await using var deploy = await MakeUserAsync();
        await using var service = await PayloadService.StartAsync(wheels, login: deploy.Name, user: "daemon");
        await service.Payload.SendAsync("stage", service.StageArguments(First, command: $"/bin/sh -c 'sleep 900.{service.Port} & wait'"), Token, 1, "s");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the preflight to run", TimeSpan.FromSeconds(20), Token);

        Processes.Kill(Assert.Single(Processes.ChildrenOf(service.Payload.Id))); // sudo's child is the payload itself

        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count == 0, "the preflight to end", TimeSpan.FromSeconds(10), Token);
    }

    private static async Task<TestUser> MakeUserAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make an account.");
        var user = await TestUser.MakeAsync(Token);
        await user.MayActAsAsync("daemon", Token);
        return user;
    }

    private async Task<PayloadService> DeployedAsync(TestUser deploy, Func<PayloadService, Task>? prepare = null)
    {
        var service = await PayloadService.StartAsync(wheels, login: deploy.Name, user: "daemon");
        if (prepare is not null) await prepare(service);
        await service.StageAsync(First);
        await service.StageAsync(Second);
        await service.ActivateAsync(First);
        return service;
    }
}
