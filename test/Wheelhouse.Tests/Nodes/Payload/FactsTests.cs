using System.Text.Json;
using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

public sealed class FactsTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tags_and_markers_are_those_of_the_packaging_module()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        const string Program = """
            import json
            from packaging.markers import default_environment
            from packaging.tags import sys_tags
            print(json.dumps([list(map(str, sys_tags())), default_environment()]))
            """;
        using var oracle = JsonDocument.Parse(await ChildProcess.CheckAsync("/usr/bin/python3", ["-c", Program], Token));

        var facts = await service.Payload.AskAsync("facts", new { python = "3.11" }, Token);

        var fingerprint = facts["fingerprint"]!;
        Assert.Equal(oracle.RootElement[0].EnumerateArray().Select(t => t.GetString()), fingerprint["tags"]!.AsArray().Select(t => (string?)t));
        var environment = oracle.RootElement[1].EnumerateObject().Where(p => p.Name is not ("platform_release" or "platform_version"));
        Assert.Equal(environment.ToDictionary(p => p.Name, p => p.Value.GetString()), fingerprint["environment"]!.AsObject().ToDictionary(p => p.Key, p => (string?)p.Value));
        Assert.Matches("^[0-9a-f]{16}$", (string?)fingerprint["id"]);
    }

    [Fact]
    public async Task They_say_what_is_on_the_node_and_change_nothing()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var before = await service.Payload.AskAsync("facts", new { python = "3.99" }, Token);
        Assert.Null(before["python"]);
        Assert.Null(before["current"]);
        Assert.Null(before["epoch"]);
        Assert.False(Directory.Exists(service.Root));

        await service.StageAsync(First);
        await service.ActivateAsync(First);
        var after = await service.Payload.AskAsync("facts", new { python = "3.11" }, Token);

        Assert.Equal(First, (string?)after["current"]!["version"]);
        Assert.Equal(PayloadService.Release(First), (string?)after["releases"]![0]!["release"]);
        Assert.Equal(1, (int?)after["epoch"]);
        Assert.StartsWith("3.11.", (string?)after["python"]!["version"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requirement_is_resolved_by_pip_into_wheels_with_hashes()
    {
        await using var service = await PayloadService.StartAsync(wheels);

        var result = await service.Payload.AskAsync(
            "resolve", new { python = "3.11", requirement = "acme-hello", index = service.Index.AsArgument, constraints = new[] { "acme-hello==1.1.0" } }, Token);

        var packages = result["packages"].Deserialize<LockedWheel[]>(JsonSerializerOptions.Web)!;
        Assert.Equal(wheels.Lock(Second).Select(p => (p.Name, p.Version, p.Sha256)), packages.Select(p => (p.Name, p.Version, p.Sha256)));
        Assert.DoesNotContain(PayloadIndex.Token, result.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_resolver_is_the_pip_of_the_index_when_one_is_given()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var pip = wheels.Find("pip-");

        var result = await service.Payload.AskAsync("resolve", new
        {
            python = "3.11",
            requirement = "acme-hello==1.1.0",
            index = service.Index.AsArgument,
            pip = new { pip.Filename, pip.Url, pip.Sha256 },
        }, Token);

        Assert.Equal(pip.Version, (string?)result["pip"]);
        Assert.Contains(wheels.Lock(Second)[0].Sha256, result["packages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_requirement_that_the_index_lacks_is_an_error_with_advice()
    {
        await using var service = await PayloadService.StartAsync(wheels);

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AskAsync(
            "resolve", new { python = "3.11", requirement = "no-such-thing", index = service.Index.AsArgument }, Token));

        Assert.Equal("resolution_failed", error.Code);
        Assert.Equal("the index has no project no-such-thing", error.Fix);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong_here()
    {
        await using var service = await PayloadService.StartAsync(wheels, user: "daemon");
        var result = await service.Payload.AskAsync(
            "doctor", new { python = "3.11", processes = new[] { service.Process }, index = service.Index.AsArgument, min_free_bytes = 1 }, Token);

        var failed = result["findings"]!.AsArray().Where(f => (string?)f!["status"] is "failed" or "warning").Select(f => f!.ToJsonString());
        Assert.Empty(failed);
        Assert.Equal(11, result["findings"]!.AsArray().Count);
    }

    [Fact]
    public async Task Pruning_keeps_what_runs_and_what_is_named()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        await service.ActivateAsync(First);
        await service.StageAsync(Second);
        Directory.CreateDirectory(service.Folder["srv/releases/0.9.0-left-by-a-crash"]);

        var result = await service.FencedAsync("prune", new { keep = new[] { PayloadService.Release(Second) }, count = 0 });
        Assert.Equal("0.9.0-left-by-a-crash", (string?)Assert.Single(result["removed"]!.AsArray()));

        result = await service.FencedAsync("prune", new { keep = Array.Empty<string>(), count = 0 });
        Assert.Equal(PayloadService.Release(Second), (string?)Assert.Single(result["removed"]!.AsArray()));
        Assert.Equal(3, Directory.EnumerateFiles(service.Folder["srv/.wheelhouse/cache"]).Count());
    }

    [Fact]
    public async Task What_a_killed_resolution_left_is_removed_by_a_later_one()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var (left, fresh) = (Directory.CreateTempSubdirectory("wheelhouse-resolve-"), Directory.CreateTempSubdirectory("wheelhouse-resolve-"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "constraints.txt"), "", Token);
        left.LastWriteTimeUtc = left.LastWriteTimeUtc.AddHours(-2);

        await service.Payload.AskAsync("resolve", new { python = "3.11", requirement = "acme-hello", index = service.Index.AsArgument }, Token);

        Assert.False(Directory.Exists(left.FullName));
        Assert.True(Directory.Exists(fresh.FullName));
        fresh.Delete();
    }
}
