using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

public sealed class FenceTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lower_epoch_is_refused_and_a_root_of_another_service_too()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.Payload.AskAsync("claim", new { }, Token, 5, "claim");

        var fenced = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AskAsync("stage", service.StageArguments(First), Token, 4, "s"));
        await using var other = await PayloadProcess.StartAsync(Token);
        await other.AskAsync("hello", new { service = "other", environment = "production", root = service.Root }, Token);
        var foreign = await Assert.ThrowsAsync<PayloadException>(() => other.AskAsync("claim", new { }, Token, 9, "claim"));

        Assert.Equal(("fenced", "foreign_root"), (fenced.Code, foreign.Code));
        Assert.Contains("epoch 4 is behind epoch 5", fenced.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_step_is_answered_from_disk_in_another_session()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var count = service.Folder["count"];
        var args = new { name = "drain", command = $"/bin/sh -c 'echo ran >> {count}; exit 3'", timeout_s = 10 };
        var first = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AskAsync("command", args, Token, 1, "drain/1"));
        await service.ReopenAsync();

        var second = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AskAsync("command", args, Token, 1, "drain/1"));

        Assert.Equal("command_failed", first.Code);
        Assert.Equal(first.Error.ToJsonString(), second.Error.ToJsonString());
        Assert.Single(await File.ReadAllLinesAsync(count, Token));
    }

    [Fact]
    public async Task A_claim_ends_a_staging_predecessor_with_its_processes()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.Payload.SendAsync("stage", service.StageArguments(First, command: $"sleep 900.{service.Port}"), Token, 1, "s");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the preflight to run", TimeSpan.FromSeconds(20), Token);
        await using var successor = await service.OpenAsync();

        var result = await successor.AskAsync("claim", new { }, Token, 2, "claim");

        Assert.Equal("ended", (string?)result["predecessor"]);
        Assert.Empty(StageTests.Sleeping(service));
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
    }

    [Fact]
    public async Task A_claim_waits_for_an_activating_predecessor()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var gate = service.Folder["gate"];
        await ChildProcess.CheckAsync("mkfifo", [gate], Token);
        var running = await service.Payload.SendAsync("command", new { name = "drain", command = $"/bin/cat {gate}", timeout_s = 60 }, Token, 1, "drain");
        await Eventually.TrueAsync(() => File.Exists(service.Folder["srv/.wheelhouse/holder.json"]), "the hook to hold the lock", TimeSpan.FromSeconds(10), Token);
        await using var successor = await service.OpenAsync();
        var claim = await successor.SendAsync("claim", new { }, Token, 2, "claim");
        await Eventually.TrueAsync(() => HasOpen(successor, "/.wheelhouse/lock"), "the claim to meet the lock", TimeSpan.FromSeconds(20), Token);

        await File.WriteAllTextAsync(gate, "drained\n", Token);
        var result = await successor.AnswerAsync(claim, Token);

        Assert.Equal("finished", (string?)result["predecessor"]);
        Assert.Equal(0, (int)(await service.Payload.AnswerAsync(running, Token))["exit_code"]!);
    }

    [Fact]
    public async Task A_predecessor_that_was_killed_does_not_hold_anything()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.Payload.SendAsync("stage", service.StageArguments(First, command: $"sleep 900.{service.Port}"), Token, 1, "s");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the preflight to run", TimeSpan.FromSeconds(20), Token);
        Processes.Kill(service.Payload.Id);
        await service.Payload.WaitForExitAsync(Token);
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count == 0, "the preflight to end with its payload", TimeSpan.FromSeconds(10), Token);
        await service.ReopenAsync();

        Assert.Equal("none", (string?)(await service.Payload.AskAsync("claim", new { }, Token, 2, "claim"))["predecessor"]);
        Assert.False((bool)(await service.Payload.AskAsync("stage", service.StageArguments(First), Token, 2, "s2"))["already"]!);
    }

    [Fact]
    public async Task A_claim_ends_an_activating_predecessor_that_is_past_its_time()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.Payload.SendAsync("command", new { name = "drain", command = $"sleep 900.{service.Port}", timeout_s = 1 }, Token, 1, "drain");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the hook to run", TimeSpan.FromSeconds(20), Token);
        Processes.Signal(service.Payload.Id, Signals.Stop); // it cannot end the hook itself
        await using var successor = await service.OpenAsync();

        var result = await successor.AskAsync("claim", new { }, Token, 2, "claim");

        Assert.Equal("ended", (string?)result["predecessor"]);
        await service.Payload.WaitForExitAsync(Token);
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count == 0, "the hook to end", TimeSpan.FromSeconds(10), Token);
    }

    private static bool HasOpen(PayloadProcess payload, string ending) =>
        Directory.EnumerateFileSystemEntries($"/proc/{payload.Id}/fd")
            .Any(link => new FileInfo(link).LinkTarget?.EndsWith(ending, StringComparison.Ordinal) == true);
}
