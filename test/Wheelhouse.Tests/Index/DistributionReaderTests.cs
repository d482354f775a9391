using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Distributions.Archives;

namespace Wheelhouse.Tests.Index;

/// <summary>What is taken. What is not is in <see cref="Rejections.RejectionTests"/>.</summary>
public sealed class DistributionReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<DistributionContents> ReadAsync(string fileName, byte[] bytes)
    {
        var (stream, limits) = (new MemoryStream(bytes), new UnpackLimits(1L << 30));
        return DistributionFileName.Parse(fileName) switch
        {
            WheelFileName wheel => WheelReader.ReadAsync(stream, wheel, limits, Token),
            var sdist => SdistReader.ReadAsync(stream, (SdistFileName)sdist, limits, Token),
        };
    }

    [Fact]
    public async Task Wheels_and_sdists_are_read()
    {
        Assert.Equal("acme", (await ReadAsync("acme-1.0-py3-none-any.whl", Archives.Wheel())).Metadata.Name.Text);
        Assert.Equal("1.0", (await ReadAsync("acme-1.0.tar.gz", Archives.Sdist())).Metadata.Version.ToString());
        var zip = Archives.Zip([new("acme-1.0/PKG-INFO", Archives.Metadata())]);
        Assert.Equal(">=3.8", (await ReadAsync("acme-1.0.zip", zip)).Metadata.RequiresPythonText);
    }

    [Theory]
    [MemberData(nameof(DebianWheels))]
    public async Task Real_wheels_are_read(string path)
    {
        var contents = await ReadAsync(Path.GetFileName(path), await File.ReadAllBytesAsync(path, Token));
        await using var file = File.OpenRead(path);
        Assert.Equal(contents.MetadataBytes, await WheelReader.ReadMetadataAsync(file, WheelFileName.Parse(Path.GetFileName(path)), Token));
    }

    public static TheoryData<string> DebianWheels() => [.. Directory.GetFiles("/usr/share/python-wheels", "*.whl")];

    [Theory]
    [InlineData("w:gz", "PAX_FORMAT")]
    [InlineData("w:gz", "GNU_FORMAT")]
    [InlineData("w:gz", "USTAR_FORMAT")]
    [InlineData("w|gz", "PAX_FORMAT")]
    public async Task Sdists_as_Python_writes_them_are_read(string mode, string format)
    {
        const string Make = """
            import io, sys, tarfile
            mode, format, metadata = sys.argv[1:]
            archive = tarfile.open(fileobj=sys.stdout.buffer, mode=mode, format=getattr(tarfile, format))
            def add(path, data=b"", **more):
                member = tarfile.TarInfo("acme-1.0" + path)
                member.size, member.mtime = len(data), 1.5
                for name, value in more.items():
                    setattr(member, name, value)
                archive.addfile(member, io.BytesIO(data))
            add("", type=tarfile.DIRTYPE)
            add("/PKG-INFO", metadata.encode())
            add("/doc/" + "long/" * 15 + "name" * 20, b"x" * 70000)
            if format != "USTAR_FORMAT":
                add("/doc/" + "l\u00f6ng/" * 40 + "name" * 40, b"x")
                add("/doc/link" + "k" * 120, type=tarfile.SYMTYPE, linkname="../" + "t" * 120)
            add("/hard", type=tarfile.LNKTYPE, linkname="acme-1.0/PKG-INFO")
            archive.close()
            """;
        using var folder = new TempFolder();
        await ChildProcess.CheckAsync("/bin/sh", ["-c", "exec /usr/bin/python3 -c \"$1\" \"$2\" \"$3\" \"$4\" > \"$0\"", folder["acme-1.0.tar.gz"], Make, mode, format, Archives.Metadata()], Token);
        Assert.Equal("acme", (await ReadAsync("acme-1.0.tar.gz", await File.ReadAllBytesAsync(folder["acme-1.0.tar.gz"], Token))).Metadata.Name.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wheels_as_Python_writes_them_are_read(bool isStreamed)
    {
        const string Make = """
            import io, sys, zipfile
            streamed, names, texts = sys.argv[1] == "True", sys.argv[2::2], sys.argv[3::2]
            class Pipe(io.RawIOBase):
                def writable(self): return True
                def write(self, data): return sys.stdout.buffer.write(data)
            whole = io.BytesIO()
            with zipfile.ZipFile(Pipe() if streamed else whole, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, text in zip(names, texts):
                    with archive.open(name, "w", force_zip64=True) as member:
                        member.write(text.encode())
            sys.stdout.buffer.write(whole.getvalue())
            """;
        using var folder = new TempFolder();
        var files = Archives.WheelFiles();
        files["acme/größe.py"] = "";
        var arguments = files.SelectMany(file => (string[])[file.Key, file.Value is Archives.RightRecord ? Archives.RecordOf(files) : file.Value]);
        var path = folder["acme-1.0-py3-none-any.whl"];
        await ChildProcess.CheckAsync("/bin/sh", ["-c", "file=$1; shift; exec /usr/bin/python3 -c \"$@\" > \"$file\"", "sh", path, Make, $"{isStreamed}", .. arguments], Token);
        Assert.Equal("acme", (await ReadAsync(Path.GetFileName(path), await File.ReadAllBytesAsync(path, Token))).Metadata.Name.Text);
    }

    [Fact]
    public async Task A_link_inside_is_taken() => Assert.NotNull(await ReadAsync(
        "acme-1.0.tar.gz", Archives.Tar(Archives.File("acme-1.0/PKG-INFO", Archives.Metadata()), Archives.Link("acme-1.0/doc/README", "../README"))));
}
