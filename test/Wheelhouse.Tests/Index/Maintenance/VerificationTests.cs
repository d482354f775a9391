using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Repair;
using Wheelhouse.Server.Index.Maintenance.Verification;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Index.Maintenance;

/// <summary>Every kind of damage is found, named, and repaired where that is possible.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string SdistName = "acme-1.0.tar.gz";

    private readonly TempFolder _folder = new();
    private IndexServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await IndexServer.StartAsync(services: services => services.AddSingleton<IFileUse, WheelIsRunning>());
        foreach (var (name, bytes) in ((string, byte[])[])[(WheelName, Archives.Wheel()), (SdistName, Archives.Sdist())])
            (await _server.UploadAsync(name, bytes)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_whole_index_has_no_findings()
    {
        var report = await VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((2, _server.StoredFiles.Sum(path => new FileInfo(path).Length)), (report.Files, report.Bytes));
    }

    [Fact]
    public async Task Missing_bytes_are_named_with_all_that_a_person_must_know()
    {
        File.Delete(await PathOfAsync(WheelName));
        var finding = Assert.Single((await VerifyAsync()).Findings);
        Assert.Equal(
            (FindingKinds.Missing, WheelName, "acme", "1.0", "admin", _server.Time.GetUtcNow()),
            (finding.Kind, finding.Name, finding.Project, finding.Version, finding.UploadedBy, finding.UploadedAt));
        Assert.Equal(["release 1.0-ab of the service billing"], finding.NeededBy);
        Assert.Contains("Upload the same file again", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploading_the_same_file_again_brings_its_bytes_back()
    {
        File.Delete(await PathOfAsync(WheelName));
        (await _server.UploadAsync(WheelName, Archives.Wheel())).EnsureSuccessStatusCode();
        Assert.Empty((await VerifyAsync()).Findings);
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("cut")]
    [InlineData("empty")]
    public async Task Damaged_bytes_are_set_aside_and_good_ones_are_brought(string damage)
    {
        var path = await PathOfAsync(WheelName);
        var good = await File.ReadAllBytesAsync(path, Token);
        var bad = Damage(good, damage);
        await File.WriteAllBytesAsync(path, bad, Token);
        Assert.Equal(FindingKinds.Damaged, Assert.Single((await VerifyAsync()).Findings).Kind);

        await File.WriteAllBytesAsync(_folder[WheelName], bad, Token);
        var left = Assert.Single((await RepairAsync(_folder.Root)).Findings);
        Assert.False(left.IsRepaired);
        var aside = Assert.Single(_server.StoredFiles, file => file.Contains("set-aside", StringComparison.Ordinal));
        Assert.Equal(bad, await File.ReadAllBytesAsync(aside, Token));
        Assert.Contains(aside, left.Done, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(_folder[WheelName], good, Token);
        Assert.True(Assert.Single((await RepairAsync(_folder.Root)).Findings).IsRepaired);
        Assert.Empty((await VerifyAsync()).Findings);
        Assert.Equal(good, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(["file.set_aside", "file.restored"], await AuditedAsync());
    }

    [Fact]
    public async Task Good_bytes_come_from_another_data_directory()
    {
        var path = await PathOfAsync(WheelName);
        var backup = _folder[Path.Combine("files", Path.GetRelativePath(Path.GetDirectoryName(Path.GetDirectoryName(path))!, path))];
        Directory.CreateDirectory(Path.GetDirectoryName(backup)!);
        File.Move(path, backup);
        Assert.True(Assert.Single((await RepairAsync(_folder.Root)).Findings).IsRepaired);
        Assert.Empty((await VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Two_files_with_the_same_bytes_are_restored_once()
    {
        await ChangeAsync(context =>
        {
            var row = Row(context, WheelName);
            (row.Id, row.FileName) = (0, "acme-1.0-1-py3-none-any.whl");
            context.ChangeTracker.Clear();
            context.Add(row);
        });
        foreach (var name in (string[])[WheelName, "acme-1.0-1-py3-none-any.whl"]) File.Copy(await PathOfAsync(WheelName), _folder[name]);
        await File.WriteAllBytesAsync(await PathOfAsync(WheelName), "damaged"u8.ToArray(), Token);
        Assert.All((await RepairAsync(_folder.Root)).Findings, finding => Assert.True(finding.IsRepaired));
        Assert.Single(_server.StoredFiles, file => file.Contains("set-aside", StringComparison.Ordinal));
        Assert.Empty((await VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_row_that_tells_another_size_or_metadata_is_corrected()
    {
        await ChangeAsync(context => Row(context, WheelName).MetadataSha256 = new string('0', 64));
        await ChangeAsync(context => Row(context, SdistName).Size++);
        Assert.Equal([FindingKinds.WrongMetadata, FindingKinds.WrongSize], (await VerifyAsync()).Findings.Select(finding => finding.Kind));
        Assert.Equal(0, (await RepairAsync()).Left);
        Assert.Empty((await VerifyAsync()).Findings);
        Assert.Equal(["file.corrected", "file.corrected"], await AuditedAsync());
    }

    [Theory]
    [InlineData("FileName", "acme-1.0.whl", "neither a wheel")]
    [InlineData("FileName", "other-1.0-py3-none-any.whl", "another project")]
    [InlineData("Version", "1.1", "another version")]
    [InlineData("Version", "one", "another version")]
    public async Task A_row_that_no_page_leads_to_is_told_and_left(string column, string value, string reason)
    {
        await ChangeAsync(context => context.Entry(Row(context, WheelName)).Property(column).CurrentValue = value);
        var finding = (await RepairAsync()).Findings.First(finding => finding.Kind == FindingKinds.Unreachable);
        Assert.Contains(reason, finding.Message, StringComparison.Ordinal);
        Assert.False(finding.IsRepaired);
    }

    [Fact]
    public async Task A_project_whose_name_is_not_normalised_is_told()
    {
        await ChangeAsync(context => context.Set<ProjectRow>().Single().Name = "Acme");
        Assert.All((await VerifyAsync()).Findings, finding => Assert.Equal(FindingKinds.Unreachable, finding.Kind));
    }

    [Fact]
    public async Task What_no_file_has_is_removed_and_what_is_not_ours_is_left()
    {
        var stored = await PathOfAsync(WheelName);
        var files = Path.GetDirectoryName(Path.GetDirectoryName(stored))!;
        await File.WriteAllTextAsync(stored + ".metadata", "of an earlier version", Token);
        var orphan = Path.Combine(Directory.CreateDirectory(Path.Combine(files, "00")).FullName, new string('0', 64));
        foreach (var path in (string[])[orphan, Path.Combine(files, "incoming", "half"), Path.Combine(files, "notes.txt")]) await File.WriteAllTextAsync(path, "x", Token);

        Assert.Empty((await VerifyAsync(isLive: true)).Findings); // Too young to tell from uploads in progress.
        Assert.Equal(
            [FindingKinds.Orphan, FindingKinds.Orphan, FindingKinds.Leftover, FindingKinds.Foreign],
            (await VerifyAsync()).Findings.OrderByDescending(finding => finding.Kind, StringComparer.Ordinal).Select(finding => finding.Kind));
        var left = Assert.Single((await RepairAsync()).Findings, finding => !finding.IsRepaired);
        Assert.Equal((FindingKinds.Foreign, "notes.txt"), (left.Kind, left.Name));
        Assert.Equal(3, _server.StoredFiles.Count);
    }

    [Fact]
    public async Task Beside_a_running_server_old_orphans_are_told()
    {
        var orphan = await PathOfAsync(WheelName) + ".metadata";
        await File.WriteAllTextAsync(orphan, "of an earlier version", Token);
        File.SetLastWriteTimeUtc(orphan, _server.Time.GetUtcNow().UtcDateTime.AddHours(-1));
        Assert.Equal(FindingKinds.Orphan, Assert.Single((await VerifyAsync(isLive: true)).Findings).Kind);
    }

    private Task<IndexReport> VerifyAsync(bool isLive = false) => _server.Services.GetRequiredService<IndexVerifier>().VerifyAsync(isLive, new WorkProgress(), Token);

    private async Task<IndexReport> RepairAsync(string? from = null) =>
        await _server.Services.GetRequiredService<IndexRepairer>().RepairAsync(await VerifyAsync(), from, "console/test", Token);

    private async Task<string> PathOfAsync(string fileName)
    {
        await using var context = await _server.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        var sha256 = HashOf(context, fileName);
        return _server.StoredFiles.Single(path => Path.GetFileName(path) == sha256);
    }

    private Task ChangeAsync(Action<WheelhouseContext> change) => _server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(change, Token);

    private async Task<List<string>> AuditedAsync()
    {
        await using var context = await _server.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        return await context.Set<AuditRow>().Where(row => row.By == "console/test").OrderBy(row => row.Id).Select(row => row.Action).ToListAsync(Token);
    }

    private static FileRow Row(WheelhouseContext context, string fileName) => context.Set<FileRow>().Single(file => file.FileName == fileName);

    private static string HashOf(WheelhouseContext context, string fileName) => Row(context, fileName).Sha256;

    private static byte[] Damage(byte[] good, string how) => how switch
    {
        "flipped" => [.. good[..20], (byte)(good[20] ^ 1), .. good[21..]],
        "cut" => good[..^1],
        _ => [],
    };

    private sealed class WheelIsRunning : IFileUse
    {
        public IReadOnlyList<string> Find(WheelhouseContext context, IReadOnlySet<string> sha256s) =>
            context.Set<FileRow>().Any(file => file.FileName == WheelName && sha256s.Contains(file.Sha256)) ? ["release 1.0-ab of the service billing"] : [];
    }
}
