using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

public sealed class LivenessTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Staging_is_abandoned_when_the_server_is_gone_or_silent(bool cut)
    {
        await using var service = await PayloadService.StartAsync(wheels, silence: cut ? 60 : 12);
        await service.Payload.SendAsync("stage", service.StageArguments(First, command: $"sleep 900.{service.Port}"), Token, 1, "s");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the preflight to run", TimeSpan.FromSeconds(20), Token);

        if (cut) service.Payload.Cut();
        Assert.Equal(0, await service.Payload.WaitForExitAsync(Token));

        Assert.Empty(StageTests.Sleeping(service));
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
    }

    [Fact]
    public async Task An_activation_runs_to_its_end_and_leaves_its_result_on_disk()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        var gate = service.Folder["gate"];
        await ChildProcess.CheckAsync("mkfifo", [gate], Token);
        var start = (string)service.Process["start"]!["command"]!;
        service.Process["start"] = PayloadService.Command($"/bin/sh -c 'cat {gate} && exec {start}'");
        await service.Payload.SendAsync("activate", service.ActivateArguments(First), Token, 1, "activate/1");
        await Eventually.TrueAsync(() => service.Current is not null, "the flip", TimeSpan.FromSeconds(10), Token);

        service.Payload.Cut();
        await File.WriteAllTextAsync(gate, "go\n", Token);
        await service.Payload.WaitForExitAsync(Token);
        await service.ReopenAsync();
        var result = await service.Payload.AskAsync("activate", service.ActivateArguments(First), Token, 1, "activate/1");

        Assert.Equal("started", (string?)result["action"]);
        await service.AssertRunsAsync(First);
    }

    [Fact]
    public async Task A_command_ends_though_a_daemon_keeps_its_output_open()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var result = await service.FencedAsync("command", new { name = "drain", command = $"/bin/sh -c 'setsid sleep 900.{service.Port} & echo drained'", timeout_s = 20 });
        var daemon = Assert.Single(StageTests.Sleeping(service));
        Processes.Kill(daemon.Id);

        Assert.Equal(0, (int)result["exit_code"]!);
        Assert.Contains("drained", service.Payload.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_past_its_time_is_ended_with_its_children()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync(
            "command", new { name = "drain", command = $"/bin/sh -c 'trap \"\" TERM; sleep 900.{service.Port} & wait; wait'", timeout_s = 0.5 }));

        Assert.Equal("timeout", error.Code);
        Assert.Empty(StageTests.Sleeping(service));
    }

    [Fact]
    public async Task A_check_says_the_last_answer_and_is_cancelled_at_once()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        await service.ActivateAsync(First);
        await service.Payload.AskAsync("check", new { check = service.Check(First) }, Token);

        var wrong = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AskAsync("check", new { check = service.Check(Second, 0.3) }, Token));
        var id = await service.Payload.SendAsync("check", new { check = service.Check(Second, 60) }, Token);
        await service.Payload.CancelAsync(id, Token);
        var cancelled = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AnswerAsync(id, Token));

        Assert.Equal(("check_failed", "cancelled"), (wrong.Code, cancelled.Code));
        Assert.Contains("version is 1.0.0, not 1.1.0", wrong.Message, StringComparison.Ordinal);
    }
}
