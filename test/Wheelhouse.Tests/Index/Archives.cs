using System.Buffers.Text;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Wheelhouse.Tests.Index;

/// <summary>Makes wheels and sdists in memory, good ones and bad ones.</summary>
internal static class Archives
{
    private static readonly DateTimeOffset Made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>In place of the text of a RECORD: the one that fits.</summary>
    public const string RightRecord = "as it should be";

    public static string Metadata(string name = "acme", string version = "1.0") =>
        $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Python: >=3.8\n\nBills things.\n";

    /// <summary>The usual files of a wheel: change them to make a bad one.</summary>
    public static Dictionary<string, string> WheelFiles(string name = "acme", string version = "1.0", string tag = "py3-none-any") => new()
    {
        [$"{name}/__init__.py"] = $"__version__ = '{version}'\n",
        [$"{name}-{version}.dist-info/METADATA"] = Metadata(name, version),
        [$"{name}-{version}.dist-info/WHEEL"] = $"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
        [$"{name}-{version}.dist-info/RECORD"] = RightRecord,
    };

    public static byte[] Wheel(string name = "acme", string version = "1.0") => Zip(WheelFiles(name, version));

    public static byte[] Zip(IEnumerable<KeyValuePair<string, string>> files)
    {
        var all = files.ToList();
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in all)
            {
                var member = zip.CreateEntry(path);
                member.LastWriteTime = Made; // The same files make the same bytes, whenever that is
                using var entry = member.Open();
                entry.Write(Encoding.UTF8.GetBytes(text is RightRecord ? RecordOf(all) : text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>The RECORD that fits a wheel's files.</summary>
    public static string RecordOf(IEnumerable<KeyValuePair<string, string>> files)
    {
        var record = new StringBuilder();
        foreach (var (path, text) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            record.Append(text is RightRecord ? $"{path},,\n" : $"\"{path}\",sha256={Base64Url.EncodeToString(SHA256.HashData(bytes))},{bytes.Length}\n");
        }

        return record.ToString();
    }

    public static byte[] Sdist(string name = "acme", string version = "1.0") => Tar(
        File($"{name}-{version}/PKG-INFO", Metadata(name, version)),
        File($"{name}-{version}/setup.py", $"from setuptools import setup\nsetup(name='{name}', version='{version}', packages=['{name}'])\n"),
        File($"{name}-{version}/{name}/__init__.py", ""));

    public static TarEntry File(string path, string text) =>
        new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    public static TarEntry Link(string path, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target };

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }

        return stream.ToArray();
    }
}
