using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

public sealed class ActivateTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reload_changes_the_version_and_keeps_the_master_and_a_second_one_does_nothing()
    {
        await using var service = await DeployedAsync();
        var master = await service.FindMasterAsync();

        var reloaded = await service.ActivateAsync(Second);
        await service.AssertRunsAsync(Second);
        var again = await service.ActivateAsync(Second);

        Assert.Equal("reloaded", (string?)reloaded["action"]);
        Assert.True((bool)reloaded["flipped"]!);
        Assert.Equal(master, await service.FindMasterAsync());
        Assert.Equal("none", (string?)again["action"]);
        Assert.Equal((long)reloaded["flipped_ticks"]!, (long)again["flipped_ticks"]!);
    }

    [Fact]
    public async Task After_a_restart_of_the_node_what_was_started_from_current_counts_as_new()
    {
        await using var service = await DeployedAsync();
        foreach (var record in new[] { "current.json", "run/web.json" })
        {
            var path = service.Folder[$"srv/.wheelhouse/{record}"];
            var before = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(path, Token))!;
            (before["boot"], before["flipped_ticks"]) = ("another-boot", long.MaxValue);
            await File.WriteAllTextAsync(path, before.ToJsonString(), Token);
        }

        var again = await service.ActivateAsync(First);

        Assert.Equal("none", (string?)again["action"]);
        await service.AssertRunsAsync(First);
    }

    [Fact]
    public async Task A_master_that_was_started_from_its_release_is_restarted_through_current()
    {
        await using var service = await DeployedAsync(start: "{release}/bin/python {release}/bin/gunicorn");
        Assert.Equal("disproven", (string?)(await service.ProveAsync(First, within: 1))["outcome"]);
        service.Process["start"] = PayloadService.Command($"{{current}}/bin/gunicorn {service.Arguments}");

        var result = await service.ActivateAsync(Second);

        Assert.Equal("restarted", (string?)result["action"]);
        Assert.Contains("was not started through", (string?)result["reason"], StringComparison.Ordinal);
        await service.AssertRunsAsync(Second);
    }

    [Theory]
    [InlineData("command line")]
    [InlineData("GUNICORN_CMD_ARGS")]
    [InlineData("configuration file")]
    public async Task A_master_that_preloads_is_restarted(string by)
    {
        await using var service = await DeployedAsync(prepare: s =>
        {
            var config = s.Folder.Write("gunicorn.conf.py", "workers = 2\npreload_app = True\n");
            var more = by == "command line" ? "--preload " : by == "configuration file" ? $"-c {config} " : "";
            if (by == "GUNICORN_CMD_ARGS") s.Process["environment"] = new System.Text.Json.Nodes.JsonObject { [by] = "--preload" };
            s.Process["start"] = PayloadService.Command($"{{current}}/bin/gunicorn {more}{s.Arguments}");
        });

        var result = await service.ActivateAsync(Second);

        Assert.Equal("restarted", (string?)result["action"]);
        Assert.Contains(by == "configuration file" ? "preload_app" : by, (string?)result["reason"], StringComparison.Ordinal);
        await service.AssertRunsAsync(Second);
    }

    [Fact]
    public async Task A_change_of_the_masters_own_packages_is_a_restart()
    {
        await using var service = await DeployedAsync();
        var manifest = service.Folder[$"srv/releases/{PayloadService.Release(First)}/release.json"];
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Token)).Replace("\"20.1.0\"", "\"19.9.0\"", StringComparison.Ordinal), Token);

        var result = await service.ActivateAsync(Second);

        Assert.Equal("restarted", (string?)result["action"]);
        Assert.Contains("gunicorn 19.9.0 → 20.1.0", (string?)result["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_without_a_handler_for_the_signal_is_restarted_instead_of_killed()
    {
        await using var service = await DeployedAsync(prepare: s =>
        {
            s.Process["pidfile"] = null;
            s.Process["start"] = PayloadService.Command($"{{current}}/bin/python -m http.server {s.Port} --bind 127.0.0.1");
        });

        var result = await service.ActivateAsync(Second);

        Assert.Equal("restarted", (string?)result["action"]);
        Assert.Contains("no handler for SIGHUP", (string?)result["reason"], StringComparison.Ordinal);
        Assert.Equal("proven", (string?)(await service.ProveAsync(Second, withCheck: false))["outcome"]);
    }

    [Fact]
    public async Task A_pidfile_that_names_a_stranger_is_refused_and_nothing_changes()
    {
        await using var service = await DeployedAsync();
        await using var stranger = ChildProcess.Start("/usr/bin/sleep", ["600"]);
        service.Folder.Write("web.pid", $"{stranger.Id}\n");

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.ActivateAsync(Second));

        Assert.Equal("stale_pidfile", error.Code);
        Assert.Contains($"process {stranger.Id}", error.Message, StringComparison.Ordinal);
        Assert.False(stranger.HasExited);
        Assert.Equal(PayloadService.Release(First), service.Current);
    }

    [Fact]
    public async Task A_first_deploy_that_does_not_start_is_taken_off_again()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.FencedAsync("stage", service.StageArguments(Broken, imports: ["hello"]));

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync("activate", new
        {
            release = PayloadService.Release(Broken),
            version = Broken,
            mode = "reload",
            timeout_s = 30,
            process = new { name = "web", start = new { command = "{current}/bin/python -c \"import hello.wsgi\"" } },
        }));
        Assert.Equal("start_failed", error.Code);
        Assert.Contains("a_module_that_nobody_has", error.Message, StringComparison.Ordinal);

        await service.FencedAsync("deactivate", new { processes = new[] { service.Process } });
        Assert.Null(service.Current);
    }

    [Fact]
    public async Task A_failed_reload_is_reverted_by_a_start_of_the_old_release()
    {
        await using var service = await DeployedAsync();
        await service.FencedAsync("stage", service.StageArguments(Broken, imports: ["hello"]));
        await service.ActivateAsync(Broken);
        var failed = await Assert.ThrowsAsync<PayloadException>(() => service.ProveAsync(Broken, within: 3));
        Assert.Equal("check_failed", failed.Code);

        await service.ActivateAsync(First, back: true);

        await service.AssertRunsAsync(First);
    }

    [Fact]
    public async Task A_master_that_is_about_to_end_takes_no_reload_back_and_is_started_anew()
    {
        await using var service = await DeployedAsync();
        await service.FencedAsync("stage", service.StageArguments(Broken, imports: ["hello"]));
        var busy = Processes.ChildrenOf(await service.FindMasterAsync())[0];
        Processes.Signal(busy, Signals.Stop); // the master waits for it, and is deaf meanwhile
        await service.ActivateAsync(Broken);
        await Assert.ThrowsAsync<PayloadException>(() => service.ProveAsync(Broken, within: 2));

        var back = service.ActivateAsync(First, back: true);
        await Eventually.TrueAsync(() => service.Current == PayloadService.Release(First), "the flip", TimeSpan.FromSeconds(10), Token);
        Processes.Signal(busy, Signals.Continue);

        Assert.Equal("started", (string?)(await back)["action"]);
        await service.AssertRunsAsync(First);
    }

    [Fact]
    public async Task A_worker_that_still_serves_is_waited_for_and_speaks_against_the_release_when_the_time_is_over()
    {
        await using var service = await DeployedAsync();
        var busy = Processes.ChildrenOf(await service.FindMasterAsync())[0];
        Processes.Signal(busy, Signals.Stop); // as deaf to the master as in the middle of a long request

        await service.ActivateAsync(Second);
        var checkedOnly = await service.ProveAsync(Second, wait: false);
        var early = await service.ProveAsync(Second, within: 1, withCheck: false);
        var id = await service.Payload.SendAsync(
            "prove", new { release = PayloadService.Release(Second), version = Second, process = service.Process, within_s = 20 }, Token);
        Processes.Signal(busy, Signals.Continue);
        var late = await service.Payload.AnswerAsync(id, Token);

        Assert.Equal(
            ("settling", "disproven", "proven"), ((string?)checkedOnly["outcome"], (string?)early["outcome"], (string?)late["outcome"]));
        Assert.Contains($"1 of 3 workers started before the flip: {busy}", early["evidence"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, (int)late["workers"]!);
    }

    [Fact]
    public async Task The_log_of_a_process_is_rotated_at_its_limit()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        var log = service.Folder["srv/.wheelhouse/log/web.log"];
        await using (var old = File.Create(log)) old.SetLength((10 << 20) + 1);

        await service.ActivateAsync(First);

        Assert.Equal((10 << 20) + 1, new FileInfo(log + ".1").Length);
        Assert.InRange(new FileInfo(log).Length, 1, 100_000);
    }

    [Fact]
    public async Task Deactivating_stops_master_and_workers()
    {
        await using var service = await DeployedAsync();
        var master = await service.FindMasterAsync();
        var family = Processes.ChildrenOf(master).Append(master).ToList();

        var result = await service.FencedAsync("deactivate", new { processes = new[] { service.Process } });

        Assert.Equal("web", (string?)result["stopped"]![0]);
        Assert.DoesNotContain(family, Processes.IsRunning);
        Assert.Null(service.Current);
    }

    private async Task<PayloadService> DeployedAsync(string? start = null, Action<PayloadService>? prepare = null)
    {
        var service = await PayloadService.StartAsync(wheels);
        if (start is not null) service.Process["start"] = PayloadService.Command($"{start} {service.Arguments}");
        prepare?.Invoke(service);
        await service.StageAsync(First);
        await service.StageAsync(Second);
        await service.ActivateAsync(First);
        return service;
    }
}
