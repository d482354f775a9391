using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>Masters that write a title over their command line, as gunicorn does where setproctitle is installed.</summary>
public sealed class TitledMasterTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("-D ")]
    public async Task One_that_the_payload_started_is_reloaded_and_proven(string daemon)
    {
        await using var service = await DeployedAsync($"{{current}}/bin/gunicorn {daemon}");
        var master = await service.FindMasterAsync();
        await WaitForTitleAsync(master);

        var reloaded = await service.ActivateAsync(Second);

        Assert.Equal("reloaded", (string?)reloaded["action"]);
        await service.AssertRunsAsync(Second);
        Assert.Contains($"runs through {service.Root}/current", (await service.ProveAsync(Second))["evidence"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("none", (string?)(await service.ActivateAsync(Second))["action"]);
        Assert.Equal("reloaded", (string?)(await service.ActivateAsync(First))["action"]); // what is known of it outlives a reload
        Assert.Equal(master, await service.FindMasterAsync());
    }

    [Fact]
    public async Task One_that_preloads_is_restarted()
    {
        await using var service = await DeployedAsync("{current}/bin/gunicorn --preload ");

        var result = await service.ActivateAsync(Second);

        Assert.Contains("--preload in its command line", (string?)result["reason"], StringComparison.Ordinal);
        await service.AssertRunsAsync(Second);
    }

    [Fact]
    public async Task One_that_somebody_else_started_is_known_by_its_files_and_restarted_with_the_reason()
    {
        await using var service = await DeployedAsync("{current}/bin/gunicorn ");
        await WaitForTitleAsync(await service.FindMasterAsync());
        File.Delete(service.Folder["srv/.wheelhouse/run/web.json"]);

        var result = await service.ActivateAsync(Second);

        Assert.Equal("restarted", (string?)result["action"]);
        Assert.Contains("hides its command line (gunicorn: master [hello.wsgi:app])", (string?)result["reason"], StringComparison.Ordinal);
        await service.AssertRunsAsync(Second);
    }

    private static Task WaitForTitleAsync(int master) =>
        Eventually.TrueAsync(() => Title(master).StartsWith("gunicorn: master", StringComparison.Ordinal), "the title", TimeSpan.FromSeconds(10), Token);

    private static string Title(int id) => Processes.Where((_, _) => true).FirstOrDefault(process => process.Id == id)?.CommandLine ?? "";

    private async Task<PayloadService> DeployedAsync(string start)
    {
        var service = await PayloadService.StartAsync(wheels);
        service.Process["start"] = PayloadService.Command(start + service.Arguments);
        foreach (var version in new[] { First, Second })
            await service.FencedAsync("stage", service.StageArguments(version, [.. wheels.Lock(version), wheels.Find("setproctitle-")]));
        await service.ActivateAsync(First);
        return service;
    }
}
