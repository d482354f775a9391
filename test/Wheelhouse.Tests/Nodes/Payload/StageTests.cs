using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

public sealed class StageTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_is_complete_with_its_manifest_and_staging_it_again_does_nothing()
    {
        await using var service = await PayloadService.StartAsync(wheels);

        var first = await service.StageAsync(First);
        var again = await service.StageAsync(First);
        var next = await service.StageAsync(Second);

        Assert.Equal((false, 3), ((bool)first["already"]!, (int)first["downloaded"]!));
        Assert.True((bool)again["already"]!);
        Assert.Equal(1, (int)next["downloaded"]!); // the rest lies in the cache
        Assert.Null(service.Current);
        Assert.StartsWith($"#!{service.Root}/current/bin/python\n", service.Read($"releases/{PayloadService.Release(First)}/bin/gunicorn"), StringComparison.Ordinal);
        var version = await ChildProcess.CheckAsync(
            Path.Combine(service.Root, "releases", PayloadService.Release(First), "bin", "python"), ["-c", "import hello.wsgi; print(hello.wsgi.VERSION)"], Token);
        Assert.Equal(First, version.Trim());
    }

    [Fact]
    public async Task Wheels_that_an_earlier_release_has_are_linked_and_verified()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        await service.StageAsync(First);
        const string Packages = "lib/python3.11/site-packages";
        var (first, second) = ($"releases/{PayloadService.Release(First)}/{Packages}", $"releases/{PayloadService.Release(Second)}/{Packages}");
        var good = service.Read($"{first}/setuptools/__init__.py");
        await File.AppendAllTextAsync(Path.Combine(service.Root, first, "setuptools/__init__.py"), "# changed by hand\n", Token);

        await service.StageAsync(Second);

        Assert.True(IsSameFile($"{first}/gunicorn/arbiter.py", $"{second}/gunicorn/arbiter.py"));
        Assert.True(IsSameFile($"{first}/gunicorn/__pycache__/arbiter.cpython-311.pyc", $"{second}/gunicorn/__pycache__/arbiter.cpython-311.pyc"));
        Assert.False(IsSameFile($"{first}/setuptools/_imp.py", $"{second}/setuptools/_imp.py")); // one of its files is not what it was
        Assert.Equal(good, service.Read($"{second}/setuptools/__init__.py"));
        Assert.False(IsSameFile($"{first}/hello/wsgi.py", $"{second}/hello/wsgi.py"));
        Assert.Equal(service.Read($"{first}/gunicorn-20.1.0.dist-info/RECORD"), service.Read($"{second}/gunicorn-20.1.0.dist-info/RECORD"));
        await File.WriteAllTextAsync(service.Folder["run"], $"import gunicorn.arbiter as a; print(a.Arbiter.run.__code__.co_filename)", Token);
        var place = await ChildProcess.CheckAsync(Path.Combine(service.Root, "releases", PayloadService.Release(Second), "bin/python"), [service.Folder["run"]], Token);
        Assert.Contains(PayloadService.Release(Second), place, StringComparison.Ordinal); // tracebacks name the release that runs

        bool IsSameFile(string one, string other) => Inode(one) == Inode(other);
        string Inode(string path) => ChildProcess.CheckAsync("stat", ["-c", "%d:%i", Path.Combine(service.Root, path)], Token).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Files_come_over_one_connection_and_the_token_is_not_in_a_message_or_file()
    {
        await using var service = await PayloadService.StartAsync(wheels);

        await service.StageAsync(First);

        Assert.Equal([3], service.Index.Connections.Values);
        Assert.DoesNotContain(PayloadIndex.Token, service.Payload.Messages, StringComparison.Ordinal);
        var found = await ChildProcess.RunAsync("grep", ["-rl", PayloadIndex.Token, service.Root], Token);
        Assert.Empty(found.Output);
    }

    [Fact]
    public async Task A_file_with_another_hash_is_refused_and_leaves_nothing()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var packages = wheels.Lock(First).Select(p => p with { Sha256 = new string('a', 64) }).ToList();

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync("stage", service.StageArguments(First, packages)));

        Assert.Equal("hash_mismatch", error.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/.wheelhouse/cache"]));
    }

    [Fact]
    public async Task A_release_that_cannot_be_imported_is_refused_with_the_reason_and_leaves_nothing()
    {
        await using var service = await PayloadService.StartAsync(wheels);

        var error = await Assert.ThrowsAsync<PayloadException>(
            () => service.FencedAsync("stage", service.StageArguments(Broken, imports: ["hello.wsgi"])));

        Assert.Equal("import_failed", error.Code);
        Assert.Contains("No module named 'a_module_that_nobody_has'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
    }

    [Fact]
    public async Task A_preflight_that_hangs_is_named()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var arguments = JsonSerializer.SerializeToNode(service.StageArguments(First, command: "/bin/sleep 900"), JsonSerializerOptions.Web)!;
        arguments["preflight"]!["timeout_s"] = 1;

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync("stage", arguments));

        Assert.Equal("timeout", error.Code);
        Assert.Contains("preflight (/bin/sleep 900) did not end within 1 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("`preflight.timeout`", error.Fix, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
    }

    [Fact]
    public async Task By_default_the_applications_are_imported_with_their_own_variables()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var broken = JsonSerializer.SerializeToNode(service.StageArguments(Broken), JsonSerializerOptions.Web)!;
        broken["preflight"]!["applications"] = JsonNode.Parse("""[{"imports":["hello.wsgi"],"environment":{}}]""");
        var good = JsonSerializer.SerializeToNode(service.StageArguments(First), JsonSerializerOptions.Web)!;
        good["preflight"]!["applications"] = JsonNode.Parse("""[{"imports":["hello.wsgi"],"environment":{"PYTHONVERBOSE":"1"}}]""");

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync("stage", broken));
        await service.FencedAsync("stage", good);

        Assert.Equal("import_failed", error.Code);
        Assert.Contains("(import of hello, hello.wsgi)", error.Message, StringComparison.Ordinal);
        Assert.Contains("import 'hello.wsgi'", service.Payload.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_Python_is_named_with_those_that_are_there()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var args = System.Text.Json.JsonSerializer.SerializeToNode(service.StageArguments(First))!;
        args["python"] = "3.99";

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync("stage", args));

        Assert.Equal("python_missing", error.Code);
        Assert.Contains("3.11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_half_done_remains()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        Directory.CreateDirectory(service.Root);
        // Room for the files to download, not for what they unpack to.
        await ChildProcess.CheckAsync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", service.Root], Token);
        try
        {
            var error = await Assert.ThrowsAsync<PayloadException>(() => service.StageAsync(First));

            Assert.Equal("disk_full", error.Code);
            Assert.NotNull(error.Fix);
            Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
        }
        finally
        {
            await service.Payload.DisposeAsync();
            await ChildProcess.CheckAsync("umount", ["--lazy", service.Root], CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_cancelled_preflight_ends_with_its_process_group()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var command = $"/bin/sh -c 'sleep 900.{service.Port.ToString(CultureInfo.InvariantCulture)} & wait'";
        var id = await service.Payload.SendAsync("stage", service.StageArguments(First, command: command), Token, 1, "s");
        await Eventually.TrueAsync(() => Sleeping(service).Count > 0, "the preflight to run", TimeSpan.FromSeconds(20), Token);

        await service.Payload.CancelAsync(id, Token);
        var error = await Assert.ThrowsAsync<PayloadException>(() => service.Payload.AnswerAsync(id, Token));

        Assert.Equal("cancelled", error.Code);
        Assert.Empty(Sleeping(service));
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
        Assert.False((bool)(await service.Payload.AskAsync("stage", service.StageArguments(First), Token, 1, "s"))["already"]!);
    }

    internal static IReadOnlyList<RunningProcess> Sleeping(PayloadService service) =>
        Processes.Where((line, _) => line.StartsWith($"sleep\0900.{service.Port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
}
