using System.Formats.Tar;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;

namespace Wheelhouse.Tests.Index;

public sealed class DistributionReaderTests
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string SdistName = "acme-1.0.tar.gz";
    private const string Info = "acme-1.0.dist-info";

    private static Task<DistributionContents> ReadAsync(string fileName, byte[] bytes)
    {
        var name = DistributionFileName.Parse(fileName);
        var stream = new MemoryStream(bytes);
        var token = TestContext.Current.CancellationToken;
        return name is WheelFileName ? WheelReader.ReadAsync(stream, name, token) : SdistReader.ReadAsync(stream, name, token);
    }

    private static async Task RefusedAsync(string fileName, byte[] bytes, string expected) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<BadDistributionException>(() => ReadAsync(fileName, bytes))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Wheels_and_sdists_are_read()
    {
        Assert.Equal("acme", (await ReadAsync(WheelName, Archives.Wheel())).Metadata.Name.Text);
        Assert.Equal("1.0", (await ReadAsync(SdistName, Archives.Sdist())).Metadata.Version.ToString());
        var zip = Archives.Zip([new("acme-1.0/PKG-INFO", Archives.Metadata())]);
        Assert.Equal(">=3.8", (await ReadAsync("acme-1.0.zip", zip)).Metadata.RequiresPythonText);
    }

    [Theory]
    [MemberData(nameof(DebianWheels))]
    public async Task Real_wheels_are_read(string path)
    {
        var contents = await ReadAsync(Path.GetFileName(path), await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.True(contents.MetadataBytes.Length > 0);
    }

    public static TheoryData<string> DebianWheels() => [.. Directory.GetFiles("/usr/share/python-wheels", "*.whl")];

    [Theory]
    [InlineData($"{Info}/METADATA")]
    [InlineData($"{Info}/WHEEL")]
    [InlineData($"{Info}/RECORD")]
    public Task A_wheel_that_lacks_a_file_is_refused(string path)
    {
        var files = Archives.WheelFiles();
        files.Remove(path);
        return RefusedAsync(WheelName, Archives.Zip(files), $"lacks {path}");
    }

    [Theory]
    [InlineData("../evil.py")]
    [InlineData("acme/../../evil.py")]
    [InlineData("/etc/evil")]
    [InlineData("acme\\..\\evil.py")]
    [InlineData("c:/evil.py")]
    public Task A_path_that_leads_out_is_refused(string path) =>
        RefusedAsync(WheelName, Archives.Zip(Archives.WheelFiles().Append(new(path, "evil"))), "leads out of the folder");

    [Fact]
    public Task A_folder_of_another_release_is_refused() =>
        RefusedAsync(WheelName, Archives.Wheel(version: "2.0"), "acme-2.0.dist-info does not agree");

    [Fact]
    public Task Two_metadata_folders_are_refused() =>
        RefusedAsync(WheelName, Archives.Zip(Archives.WheelFiles().Append(new("other-1.0.dist-info/METADATA", ""))), "2 folders");

    [Theory]
    [InlineData(WheelName)]
    [InlineData(SdistName)]
    [InlineData("acme-1.0.zip")]
    public Task Bytes_that_are_no_archive_are_refused(string fileName) => RefusedAsync(fileName, "not an archive at all"u8.ToArray(), "is not a complete");

    [Fact]
    public async Task Archives_that_were_cut_are_refused()
    {
        await RefusedAsync(WheelName, Archives.Wheel()[..^30], "not a complete zip");
        await RefusedAsync(SdistName, Archives.Sdist()[..^60], "not a complete gzip");
    }

    [Fact]
    public Task Invalid_metadata_is_refused() => RefusedAsync(
        WheelName, Archives.Zip(new Dictionary<string, string>(Archives.WheelFiles()) { [$"{Info}/METADATA"] = "Name: acme\n" }), "lacks the field Metadata-Version");

    [Fact]
    public Task An_sdist_without_its_metadata_is_refused() =>
        RefusedAsync(SdistName, Archives.Tar(Archives.File("acme-1.0/src/PKG-INFO", Archives.Metadata())), "lacks PKG-INFO");

    [Theory]
    [InlineData("acme-1.0/x", "../../etc/passwd")]
    [InlineData("acme-1.0/x", "/etc/passwd")]
    public Task A_link_that_leads_out_is_refused(string path, string target) => RefusedAsync(
        SdistName, Archives.Tar(Archives.File("acme-1.0/PKG-INFO", Archives.Metadata()), Archives.Link(path, target)), "outside the folder");

    [Fact]
    public async Task A_link_inside_is_taken() => Assert.NotNull(await ReadAsync(
        SdistName, Archives.Tar(Archives.File("acme-1.0/PKG-INFO", Archives.Metadata()), Archives.Link("acme-1.0/doc/README", "../README"))));

    [Fact]
    public Task An_sdist_that_unpacks_to_far_more_than_its_size_is_refused()
    {
        var zeros = new PaxTarEntry(TarEntryType.RegularFile, "acme-1.0/zeros") { DataStream = new MemoryStream(new byte[300 << 20]) };
        return RefusedAsync(SdistName, Archives.Tar(Archives.File("acme-1.0/PKG-INFO", Archives.Metadata()), zeros), "times its size");
    }
}
