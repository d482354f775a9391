using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Export;
using Wheelhouse.Server.Index.Maintenance.Import;
using Wheelhouse.Server.Index.Maintenance.Verification;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Index.Maintenance;

/// <summary>Other indexes are taken in by the checks of an upload, whatever is refused, and an export brings all that an index knows.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string SdistName = "acme-1.0.tar.gz";

    private readonly TempFolder _folder = new();
    private IndexServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await IndexServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Good_packages_are_taken_bad_ones_are_listed_and_a_second_run_takes_nothing_again()
    {
        Write($"packages/{WheelName}", Archives.Wheel());
        Write($"packages/deep/{SdistName}", Archives.Sdist());
        Write("packages/other-1.0-py3-none-any.whl", Archives.Wheel());
        Write("packages/backup.tar.gz", Archives.Sdist());
        Write("packages/acme-0.9.egg", [1, 2, 3]);
        Write("packages/empty-1.0.tar.gz", []);
        Write($"packages/z/{WheelName}", Archives.Zip([.. Archives.WheelFiles(), new("acme/other.py", "")]));
        File.CreateSymbolicLink(_folder["packages/gone-1.0.tar.gz"], _folder["nowhere"]);
        var then = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder[$"packages/{WheelName}"], then);

        var report = await ImportAsync(_server, "packages");
        Assert.Equal((2, 0), (report.Imported, report.Present));
        Assert.Equal(
            ["acme-0.9.egg invalid_file_name", "backup.tar.gz invalid_file_name", "empty-1.0.tar.gz not_an_archive", "gone-1.0.tar.gz unreadable", "other-1.0-py3-none-any.whl folder_disagrees", $"z/{WheelName} file_exists"],
            report.Refused.Select(refused => $"{Path.GetRelativePath(_folder["packages"], refused.Path)} {refused.Code}"));
        Assert.All(report.Refused, refused => Assert.NotEmpty(refused.Fix));
        Assert.Empty((await VerifyAsync(_server)).Findings);
        var row = await FindAsync(_server, WheelName);
        Assert.Equal((new DateTimeOffset(then), "console/test"), (row.UploadedAt, row.UploadedBy));

        var again = await ImportAsync(_server, "packages");
        Assert.Equal((0, 2, report.Refused.Count), (again.Imported, again.Present, again.Refused.Count));
        var audit = (await _server.Services.GetRequiredService<AuditLog>().ReadAsync(0, 100, Token)).Where(line => line.By == "console/test").Select(line => line.Action);
        Assert.Equal(["file.imported", "file.imported", "index.imported", "index.imported"], audit.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pipe_and_a_name_that_is_not_UTF_8_do_not_keep_the_others_out()
    {
        Write($"packages/{WheelName}", Archives.Wheel());
        using var shell = Process.Start("sh", ["-c", "cd \"$0\" && mkfifo pipe-1.0.tar.gz && printf x > \"$(printf 'b\\351d-1.0.tar.gz')\"", _folder["packages"]]);
        await shell.WaitForExitAsync(Token);
        Assert.Equal(0, shell.ExitCode);

        var report = await ImportAsync(_server, "packages").WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(1, report.Imported);
        Assert.Equal(["not_an_archive", "not_an_archive"], report.Refused.Select(refused => refused.Code));
    }

    [Fact]
    public async Task The_policies_of_the_index_hold()
    {
        await using var strict = await IndexServer.StartAsync(options => (options.AllowUnnormalizedNames, options.MaxFileMib) = (false, 1));
        Write("packages/Acme-1.0.tar.gz", Archives.Sdist());
        Write("packages/large-1.0.tar.gz", new byte[(1 << 20) + 1]);
        Assert.Equal(["unnormalized_name", "file_too_large"], (await ImportAsync(strict, "packages")).Refused.Select(refused => refused.Code));
        Assert.Empty(strict.StoredFiles);
    }

    [Fact]
    public async Task A_stage_of_devpi_is_taken_and_what_was_changed_since_it_was_filed_is_not()
    {
        var devpi = new DevpiFolder(_folder);
        devpi.Add("alice/dev", WheelName, Archives.Wheel());
        var sdist = Archives.Sdist();
#pragma warning disable CA5351
        devpi.Add("alice/dev", SdistName, sdist, Convert.ToHexStringLower(MD5.HashData(sdist)));
#pragma warning restore CA5351
        devpi.Add("alice/dev", "acme-2.0-py3-none-any.whl", Archives.Wheel(version: "2.0"), hash: new string('0', 16));
        var report = await ImportAsync(_server, "devpi");
        Assert.Equal(2, report.Imported);
        Assert.Equal("digest_mismatch", Assert.Single(report.Refused).Code);
        Assert.Equal(2, _server.StoredFiles.Count);
    }

    [Fact]
    public async Task An_export_is_a_plain_folder_that_brings_all_that_an_index_knows()
    {
        await FillAsync();
        var exported = await ExportAsync(_folder["export"]);
        Assert.Equal((3, 0, 0), (exported.Copied, exported.Present, exported.Failed.Count));
        Assert.Equal(["acme/" + WheelName, "acme/" + SdistName, "other/other-2.0-py3-none-any.whl", "wheelhouse-index.jsonl"], FilesIn("export"));

        await using var second = await IndexServer.StartAsync();
        second.Time.Advance(TimeSpan.FromDays(30));
        var report = await ImportAsync(second, "export");
        Assert.Equal((3, 0, 1, 1), (report.Imported, report.Refused.Count, report.Deleted, report.Statuses));
        foreach (var page in (string[])["simple/acme/", "simple/other/", "simple/"])
            Assert.Equal(await ReadAsync(_server, page), await ReadAsync(second, page));
        Assert.Equal(await ReadAsync(_server, "api/projects/acme"), await ReadAsync(second, "api/projects/acme"));
        Assert.Equal("file_deleted", await CodeAsync(await second.UploadAsync("acme-0.9-py3-none-any.whl", Archives.Wheel(version: "0.9"))));
        Assert.Equal("project_closed", await CodeAsync(await second.UploadAsync("other-3.0-py3-none-any.whl", Archives.Wheel("other", "3.0"))));

        var again = await ImportAsync(second, "export");
        Assert.Equal((0, 3, 0, 0, 0), (again.Imported, again.Present, again.Refused.Count, again.Deleted, again.Statuses));
        Assert.Empty((await VerifyAsync(second)).Findings);
    }

    [Fact]
    public async Task An_export_goes_on_and_copies_again_what_was_damaged_there()
    {
        await FillAsync();
        await ExportAsync(_folder["export"]);
        await File.WriteAllBytesAsync(_folder[$"export/acme/{WheelName}"], "damaged"u8.ToArray(), Token);
        File.Delete(_folder["export/wheelhouse-index.jsonl"]);
        _folder.Write("export/.incoming/half", "x");
        var report = await ExportAsync(_folder["export"]);
        Assert.Equal((1, 2), (report.Copied, report.Present));
        Assert.Equal(4, FilesIn("export").Length);
        Assert.Equal((await FindAsync(_server, WheelName)).UploadedAt, new DateTimeOffset(File.GetLastWriteTimeUtc(_folder[$"export/acme/{WheelName}"])));
    }

    [Fact]
    public async Task What_is_damaged_is_not_exported_and_what_is_damaged_in_an_export_is_not_imported()
    {
        await FillAsync();
        var stored = _server.StoredFiles.Single(path => Path.GetFileName(path) == FindAsync(_server, WheelName).GetAwaiter().GetResult().Sha256);
        await File.WriteAllTextAsync(stored, "damaged", Token);
        var report = await ExportAsync(_folder["export"]);
        Assert.Equal((WheelName, "its bytes are damaged"), (Assert.Single(report.Failed).Name, report.Failed[0].Reason));
        Assert.DoesNotContain(FilesIn("export"), file => file.EndsWith(WheelName, StringComparison.Ordinal));

        await File.WriteAllTextAsync(_folder[$"export/acme/{SdistName}"], "damaged", Token);
        await using var second = await IndexServer.StartAsync();
        Assert.Equal("digest_mismatch", Assert.Single((await ImportAsync(second, "export")).Refused).Code);
    }

    [Theory]
    [InlineData("full", "is not empty and holds no export")]
    [InlineData("full/file", "is a file")]
    public async Task Nothing_is_exported_over_something_else(string target, string message)
    {
        _folder.Write("full/file", "mine");
        var told = await Assert.ThrowsAsync<SourceException>(() => ExportAsync(_folder[target]));
        Assert.Contains(message, told.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], FilesIn("full"));
    }

    [Fact]
    public async Task Nothing_is_exported_into_the_data_directory()
    {
        var data = _server.Services.GetRequiredService<DataDirectory>().Root;
        Assert.Contains("lies in the data directory", (await Assert.ThrowsAsync<SourceException>(() => ExportAsync(Path.Combine(data, "export")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stricter_here_stays()
    {
        await FillAsync();
        await ExportAsync(_folder["export"]);
        await using var second = await IndexServer.StartAsync();
        (await second.UploadAsync("acme-0.9-py3-none-any.whl", Archives.Wheel(version: "0.9"))).EnsureSuccessStatusCode();
        (await second.UploadAsync("other-1.0-py3-none-any.whl", Archives.Wheel("other"))).EnsureSuccessStatusCode();
        (await second.Http.PutAsJsonAsync("api/projects/other/status", new { status = "quarantined" }, Token)).EnsureSuccessStatusCode();
        var report = await ImportAsync(second, "export");
        Assert.Equal(("file_exists", 0), (Assert.Single(report.Refused).Code, report.Statuses));
        Assert.Equal(3, report.Imported);
        Assert.Contains("quarantined", await ReadAsync(second, "simple/other/"), StringComparison.Ordinal);
    }

    /// <summary>An index with a yanked file, a deleted one, and an archived project.</summary>
    private async Task FillAsync()
    {
        foreach (var (name, bytes) in ((string, byte[])[])[
            (WheelName, Archives.Wheel()), ("acme-0.9-py3-none-any.whl", Archives.Wheel(version: "0.9")), (SdistName, Archives.Sdist()), ("other-2.0-py3-none-any.whl", Archives.Wheel("other", "2.0"))])
        {
            _server.Time.Advance(TimeSpan.FromHours(1));
            (await _server.UploadAsync(name, bytes, fields => fields["build"] = $"build of {name}")).EnsureSuccessStatusCode();
        }

        (await _server.Http.PutAsJsonAsync($"api/projects/acme/files/{WheelName}/yank", new { reason = "loses invoices" }, Token)).EnsureSuccessStatusCode();
        (await _server.Http.DeleteAsync(new Uri("api/projects/acme/releases/0.9?reason=a%20key", UriKind.Relative), Token)).EnsureSuccessStatusCode();
        (await _server.Http.PutAsJsonAsync("api/projects/other/status", new { status = "archived", reason = "merged" }, Token)).EnsureSuccessStatusCode();
    }

    private async Task<ImportReport> ImportAsync(IndexServer server, string name) => await server.Services.GetRequiredService<IndexImporter>()
        .ImportAsync(await ImportSource.OpenAsync(_folder[name], [], Token), "console/test", new WorkProgress(), Token);

    private Task<ExportReport> ExportAsync(string target)
    {
        var services = _server.Services;
        return services.GetRequiredService<IndexExporter>().ExportAsync(ExportFolder.Open(target, services.GetRequiredService<DataDirectory>()), new WorkProgress(), Token);
    }

    private static Task<IndexReport> VerifyAsync(IndexServer server) => server.Services.GetRequiredService<IndexVerifier>().VerifyAsync(isLive: false, new WorkProgress(), Token);

    private static async Task<FileRow> FindAsync(IndexServer server, string name)
    {
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        return await context.Set<FileRow>().SingleAsync(file => file.FileName == name, Token);
    }

    private static async Task<string> ReadAsync(IndexServer server, string page)
    {
        var answer = await server.GetAsync(page, page.StartsWith("simple", StringComparison.Ordinal) ? "application/vnd.pypi.simple.v1+json" : null);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString();

    private void Write(string relative, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[relative])!);
        File.WriteAllBytes(_folder[relative], bytes);
    }

    private string[] FilesIn(string name) => [.. Directory.GetFiles(_folder[name], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder[name], path)).Order(StringComparer.Ordinal)];
}
