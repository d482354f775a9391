using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>What becomes of the commands of a payload that is killed by <c>kill -9</c>, as the kernel does when memory ends.</summary>
public sealed class KilledPayloadTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stage")]
    [InlineData("command")]
    [InlineData("check")]
    public async Task A_command_ends_with_its_group(string op)
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var command = $"/bin/sh -c 'trap \"\" TERM; sleep 900.{service.Port} & wait'";
        object args = op switch
        {
            "stage" => service.StageArguments(First, command: command),
            "command" => new { name = "drain", command },
            _ => new { check = new { kind = "command", command, timeout_s = 60, within_s = 60 } },
        };
        await service.Payload.SendAsync(op, args, Token, 1, "s");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the command to run", TimeSpan.FromSeconds(20), Token);

        await AssertEndsAsync(service, [.. StageTests.Sleeping(service).Select(p => p.Id)]);
    }

    [Fact]
    public async Task The_resolver_ends()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        service.Index.Gate = new();
        await service.Payload.SendAsync("resolve", new { python = "3.11", requirement = "acme-hello", index = service.Index.AsArgument }, Token);
        var address = $"__token__:{PayloadIndex.Token}@127.0.0.1:{service.Index.Port}/";
        IReadOnlyList<RunningProcess> Resolving() => Processes.Where((_, environment) => environment.Contains(address, StringComparison.Ordinal));
        await Eventually.TrueAsync(() => !service.Index.Connections.IsEmpty, "pip to ask for a file", TimeSpan.FromSeconds(30), Token);

        await AssertEndsAsync(service, [.. Resolving().Select(p => p.Id)]);
    }

    [Fact]
    public async Task The_installer_ends()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var cache = service.Folder["srv/.wheelhouse/cache"];
        Directory.CreateDirectory(cache);
        // A file that is never there to read: the installer waits in the middle of its work.
        await ChildProcess.CheckAsync("mkfifo", wheels.Lock(First).Select(p => Path.Combine(cache, p.Sha256)), Token);
        await service.Payload.SendAsync("stage", service.StageArguments(First), Token, 1, "s");
        IEnumerable<int> Installing() => Processes.ChildrenOf(service.Payload.Id).Where(
            id => Processes.Where((line, _) => line.Contains("\0-I\0-c\0", StringComparison.Ordinal)).Any(p => p.Id == id));
        await Eventually.TrueAsync(
            () => Installing().Any() && Directory.Exists(service.Folder[$"srv/releases/{PayloadService.Release(First)}"]), "the installer to run", TimeSpan.FromSeconds(20), Token);

        await AssertEndsAsync(service, [.. Installing()]);
    }

    [Fact]
    public async Task A_start_that_is_not_done_ends_and_is_done_again()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        var start = (string)service.Process["start"]!["command"]!;
        service.Process["start"] = PayloadService.Command($"/bin/sh -c 'sleep 900.{service.Port}; exec {start}'");
        await service.Payload.SendAsync("activate", service.ActivateArguments(First), Token, 1, "activate/1");
        await Eventually.TrueAsync(() => StageTests.Sleeping(service).Count > 0, "the start to run", TimeSpan.FromSeconds(20), Token);
        await AssertEndsAsync(service, [.. StageTests.Sleeping(service).Select(p => p.Id)]);
        await service.ReopenAsync();
        service.Process["start"] = PayloadService.Command(start);

        Assert.Equal("started", (string?)(await service.ActivateAsync(First))["action"]);
        await service.AssertRunsAsync(First);
    }

    [Fact]
    public async Task A_service_that_it_started_stays_and_so_does_what_a_hook_left_behind()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        await service.ActivateAsync(First);
        await service.FencedAsync("command", new { name = "drain", command = $"/bin/sh -c 'sleep 900.{service.Port} & echo {service.Folder.Root}'" });
        var children = Processes.ChildrenOf(service.Payload.Id);

        Processes.Kill(service.Payload.Id);
        await service.Payload.WaitForExitAsync(Token);
        await Eventually.TrueAsync(() => children.Count(Processes.IsRunning) < children.Count, "the keeper to end", TimeSpan.FromSeconds(10), Token);
        var left = Assert.Single(StageTests.Sleeping(service));
        Processes.Kill(left.Id);
        await service.ReopenAsync();

        await service.AssertRunsAsync(First);
    }

    private static async Task AssertEndsAsync(PayloadService service, IReadOnlyList<int> running)
    {
        Assert.NotEmpty(running);
        Processes.Kill(service.Payload.Id);
        await service.Payload.WaitForExitAsync(Token);
        await Eventually.TrueAsync(() => !running.Any(Processes.IsRunning), "what the payload ran to end", TimeSpan.FromSeconds(10), Token);
    }
}
