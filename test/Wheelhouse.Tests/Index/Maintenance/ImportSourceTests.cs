using System.Text;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Import;

namespace Wheelhouse.Tests.Index.Maintenance;

/// <summary>What lies in a folder is found out, and what cannot be imported is told.</summary>
public sealed class ImportSourceTests : IDisposable
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";

    private readonly TempFolder _folder = new();
    private readonly DevpiFolder _devpi;

    public ImportSourceTests() => _devpi = new(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_packages_is_read_however_it_is_nested()
    {
        _folder.Write($"packages/{WheelName}", "");
        _folder.Write("packages/acme/old/acme-0.1.tar.gz", "");
        _folder.Write("packages/acme-0.0.egg", "");
        foreach (var beside in (string[])[$"{WheelName}.asc", $"{WheelName}.md5", "README", ".hidden/acme-9-py3-none-any.whl", ".acme-9-py3-none-any.whl"]) _folder.Write($"packages/{beside}", "");
        Directory.CreateSymbolicLink(_folder["packages/circle"], _folder["packages"]);
        File.SetLastWriteTimeUtc(_folder[$"packages/{WheelName}"], new DateTime(2020, 2, 3, 0, 0, 0, DateTimeKind.Utc));

        var source = await OpenAsync("packages");
        Assert.Equal(["acme-0.0.egg", "acme-0.1.tar.gz", WheelName], source.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(new DateTimeOffset(2020, 2, 3, 0, 0, 0, TimeSpan.Zero), source.Files.Single(file => file.Name == WheelName).UploadedAt);
        Assert.Contains("folder of packages", source.Description, StringComparison.Ordinal);
        Assert.Equal("3 files that are no packages are left out (their extensions: none, .asc, .md5).", Assert.Single(source.Notes));
    }

    [Fact]
    public async Task The_only_stage_of_a_devpi_server_is_taken_and_its_mirrors_are_left_out()
    {
        _devpi.Add("root/pypi", "pip-1.0-py3-none-any.whl", [1]);
        _devpi.Add("alice/mirror", "six-1.0-py3-none-any.whl", [2]);
        _devpi.Add("bob/cache", "toml-1.0-py3-none-any.whl", [3]);
        _devpi.Write("bob/cache/+e/page/old-1.0.zip", [3]);
        var path = _devpi.Add("alice/dev", WheelName, [4]);
        _devpi.Write(Path.GetRelativePath(Path.Combine(_devpi.Root, "+files"), path) + ".toxresult-20200101-1", [5]);
        _devpi.Add("alice/dev", "acme-1.0.doc.zip", [6]);
        _devpi.Add("alice/dev", $"{WheelName}-0123456789abcdef-tmp", [6]);
        _devpi.AddDatabase("root/pypi", "alice/mirror");

        var source = await OpenAsync("devpi");
        var file = Assert.Single(source.Files);
        Assert.Equal((WheelName, 16), (file.Name, file.HashBegins!.Length));
        Assert.Contains("devpi-server", source.Description, StringComparison.Ordinal);
        Assert.Equal("Left out, since they are mirrors: alice/mirror, bob/cache, root/pypi.", Assert.Single(source.Notes));
        Assert.Equal(path, Assert.Single((await OpenAsync("devpi/+files", "alice/dev")).Files).Path);
    }

    [Theory]
    [InlineData("devpi", "", "has several stages", "alice/dev, bob/dev")]
    [InlineData("devpi", "alice/prod", "no files in a stage alice/prod", "alice/dev, bob/dev")]
    [InlineData("devpi", "root/pypi", "is a mirror", "alice/dev, bob/dev")]
    [InlineData("none", "", "There is no folder", "Name the folder")]
    [InlineData("file", "", "is a file", "Name the folder")]
    [InlineData("empty", "", "no wheel and no sdist", "Name the folder")]
    [InlineData("empty", "alice/dev", "no directory of a devpi-server", "Leave out --stage")]
    [InlineData("dumped", "", "an export of a devpi-server", "dumped/USER/INDEX")]
    [InlineData("indatabase", "", "in a database", "devpi-export")]
    [InlineData("data", "", "data directory of a Wheelhouse server", "index export")]
    [InlineData("begun", "", "stopped before its end", "Export again")]
    [InlineData("cut", "", "was cut", "Copy the export again")]
    [InlineData("garbled", "", "Line 2 of", "is not a line of a manifest")]
    [InlineData("lacking", "", "Line 2 of", "is not a line of a manifest")]
    [InlineData("newer", "", "Line 1 of", "format 1")]
    public async Task What_cannot_be_imported_is_told_with_what_to_do(string name, string stages, string message, string fix)
    {
        _devpi.Add("root/pypi", "pip-1.0-py3-none-any.whl", [1]);
        _devpi.Add("alice/dev", WheelName, [2]);
        _devpi.Add("bob/dev", WheelName, [3]);
        const string Start = """{"type":"export","version":1,"at":"2026-01-01T00:00:00+00:00"}""";
        foreach (var (path, text) in ((string, string)[])[
            ("file", ""), ("empty/README", ""), ("dumped/dataindex.json", "{}"), ("indatabase/.nodeinfo", "{}"), ("data/wheelhouse.db", ""), ("begun/.incoming/half", ""),
            ("cut/wheelhouse-index.jsonl", Start + "\n"), ("garbled/wheelhouse-index.jsonl", $"{Start}\n{{\"type\":"), ("lacking/wheelhouse-index.jsonl", $"{Start}\n{{\"type\":\"file\",\"project\":null}}"), ("newer/wheelhouse-index.jsonl", Start.Replace("1,", "2,", StringComparison.Ordinal))])
            _folder.Write(path, text);

        var told = await Assert.ThrowsAsync<SourceException>(() => OpenAsync(name, stages.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(message, told.Message, StringComparison.Ordinal);
        Assert.Contains(fix, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_is_told()
    {
        _devpi.Add("alice/dev", WheelName, Encoding.UTF8.GetBytes("x"));
        await File.WriteAllTextAsync(Path.Combine(_devpi.Root, ".sqlite"), "no database at all, but long enough to look like a damaged one", TestContext.Current.CancellationToken);
        Assert.Contains("could not be read", Assert.Single((await OpenAsync("devpi")).Notes), StringComparison.Ordinal);
    }

    private Task<ImportSource> OpenAsync(string name, params string[] stages) => ImportSource.OpenAsync(_folder[name], stages, TestContext.Current.CancellationToken);
}
