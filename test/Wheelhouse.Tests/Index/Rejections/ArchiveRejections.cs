using System.IO.Compression;
using System.Text;

namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>Files that are no archives, or archives that are unsafe or mean different things to different programs.</summary>
internal static class ArchiveRejections
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string SdistName = "acme-1.0.tar.gz";
    private const string Info = "acme-1.0.dist-info";
    private const string Disagree = "Programs would disagree about what the archive holds: ";

    public static IEnumerable<Rejection> All => [.. Zips, .. ZipMembers, .. Paths, .. ZipBombs, .. Gzips, .. Tars, .. TarMembers, .. TarBombs];

    private static IEnumerable<Rejection> Zips =>
    [
        Wheel("no archive at all", "not_an_archive", "The file is not a complete zip archive, which a file of this name is.", () => "no archive"u8.ToArray()),
        Wheel("a zip archive that was cut", "not_an_archive", "The file is not a complete zip archive, which a file of this name is.", () => Archives.Wheel()[..^30]),
        Wheel("bytes before a zip archive", "data_before_archive", "There are bytes before the archive, or it was cut at its beginning.", () => [.. "#!/bin/sh\n"u8, .. Archives.Wheel()]),
        Wheel("bytes before a zip archive, with corrected offsets", "data_before_archive", "There are bytes before the archive, or it was cut at its beginning.",
            () => new ForgedZip().Skip(64).Add(new($"{Info}/METADATA")).End()),
        Wheel("bytes after a zip archive", "data_after_archive", "There are bytes after the archive's end.", () => [.. Archives.Wheel(), .. new byte[64]]),
        Wheel("a zip archive after a zip archive", "data_before_archive", "There are bytes before the archive, or it was cut at its beginning.", () => [.. Archives.Wheel(), .. Archives.Wheel()]),
        Wheel("a comment of a zip archive", "archive_comment", "The zip archive carries a comment, in which another archive could hide.", WithComment),
        Wheel("bytes between members", "ambiguous_archive", Disagree + "bytes lie between its members.", () => new ForgedZip().Add(new("acme.py")).Skip(8).Add(new($"{Info}/METADATA")).End()),
        Wheel("members that overlap", "ambiguous_archive", Disagree + "its members overlap.", () => new ForgedZip().Add(new($"{Info}/METADATA")).Add(new("acme.py") { Offset = 8 }).End()),
        Wheel("a wrong number of members", "ambiguous_archive", Disagree + "it says that it has 2 members, but lists 1.", () => new ForgedZip { MoreCount = 1 }.Add(new("acme.py")).End()),
    ];

    private static IEnumerable<Rejection> ZipMembers =>
    [
        Member("a path that is another in the local header", "ambiguous_archive", Disagree + "its directory and the member 'acme/a.py' disagree.", new("acme/a.py") { LocalPath = "acme/b.py" }),
        Member("a second path in an extra field", "ambiguous_archive", Disagree + "a member has a second path in an extra field.", new("acme/a.py") { Extra = [0x75, 0x70, 0, 0] }),
        Member("bytes after a member's compressed data", "archive_damaged", "The archive's 'acme/a.py' is damaged: its bytes are not those that its length and checksum promise.",
            new("acme/a.py") { Tail = [1, 2, 3] }),
        Member("a wrong checksum", "archive_damaged", "The archive's 'acme/a.py' is damaged: its bytes are not those that its length and checksum promise.", new("acme/a.py") { CrcChange = 1 }),
        Member("a member longer than it says", "archive_damaged", "The archive's 'acme/a.py' is damaged: its bytes are not those that its length and checksum promise.",
            new("acme/a.py", "xxxx") { SizeChange = -1 }),
        Member("an encrypted member", "encrypted_member", "The archive's 'acme/a.py' is encrypted.", new("acme/a.py") { Flags = 1 }),
        Member("a compression that few know", "unknown_compression", "The archive's 'acme/a.py' is compressed by another method than deflate.", new("acme/a.py") { Method = 14 }),
        Member("a version of the zip format that few know", "ambiguous_archive", Disagree + "'acme/a.py' asks for version 9.9 of the zip format, which few read.", new("acme/a.py") { Version = 99 }),
        Member("a link in a wheel", "special_file", "The archive's 'acme/a.py' is a link, which wheels and zip archives of sources cannot have.", new("acme/a.py", "/etc/passwd") { Mode = 0xA1FF }),
        Member("a device in a wheel", "special_file", "The archive's 'acme/a.py' is a device, pipe or socket.", new("acme/a.py", "") { Mode = 0x21A4 }),
        Member("the same path twice", "duplicate_member", "The archive holds 'acme/__init__.py' twice.", new("acme/__init__.py")),
        Member("the same metadata twice, in other case", "duplicate_member", $"The archive holds '{Info}/metadata' twice.", new($"{Info}/metadata")),
        Member("a file below a file", "unsafe_path", "The archive holds the path 'acme/__init__.py/a.py', which lies below 'acme/__init__.py', which is no folder.", new("acme/__init__.py/a.py")),
        Member("a name that is not UTF-8", "unsafe_path", "The archive holds the path 'acme/é.py', which is not UTF-8.", new("acme/é.py") { Flags = 0x800 }),
        Member("a name of unknown encoding", "unsafe_path", "The archive holds the path 'acme/é.py', which is not marked as UTF-8.", new(Encoding.Latin1.GetString("acme/é.py"u8))),
    ];

    private static IEnumerable<Rejection> Paths =>
    [
        Path("a path out of the archive", "../evil.py", "leads out of the folder it is unpacked in"),
        Path("a path out of the archive, within", "acme/../../evil.py", "leads out of the folder it is unpacked in"),
        Path("an absolute path", "/etc/evil", "is absolute"),
        Path("a path with a drive", "c:/evil.py", "is absolute"),
        Path("a backslash", @"acme\..\evil.py", "has a backslash, which parts folders on Windows only"),
        Path("an empty part of a path", "acme//evil.py", "has an empty part or a part '.', so that one file could have two paths"),
        Path("a part that is too long", "acme/" + new string('x', 256), "is longer than file systems take", $"acme/{new string('x', 195)}"),
        Member("a control character in a path", "control_characters", "A path in the archive, 'acme/?[2J.py', contains control characters.", new("acme/\u001b[2J.py")),
        Wheel("a character that turns the direction of text", "control_characters", "A path in the archive, 'acme/?yp.py', contains control characters.",
            () => Archives.Zip(Archives.WheelFiles().Append(new("acme/\u202eyp.py", "")))),
    ];

    private static IEnumerable<Rejection> Gzips =>
    [
        Sdist("no archive at all", "not_an_archive", "The file is not a complete gzip-compressed tar archive, which an sdist of this name is.", () => "no archive at all"u8.ToArray()),
        Sdist("a tar archive that was cut", "not_an_archive", "The file is not a complete gzip-compressed tar archive, which an sdist of this name is.", () => Archives.Sdist()[..^60]),
        Sdist("a gzip file that is no tar archive", "not_an_archive", "The file is not a complete gzip-compressed tar archive, which an sdist of this name is.",
            () => ForgedTar.Gzip(Encoding.ASCII.GetBytes(new string('x', 2048)))),
        Sdist("bytes after a gzip file", "data_after_archive", "There are bytes after the archive's end.", () => [.. Archives.Sdist(), .. Archives.Wheel()]),
        Sdist("bytes after a gzip file that end as it does", "data_after_archive", "There are bytes after the archive's end.", () => [.. Archives.Sdist(), .. "junk"u8, .. Archives.Sdist()[^8..]]),
        Sdist("two gzip files, one after the other", "data_after_archive", "There are bytes after the archive's end.", () => [.. Archives.Sdist(), .. ForgedTar.Gzip(ForgedTar.End)]),
        Sdist("a wrong checksum of a gzip file", "archive_damaged", "The archive's 'gzip data' is damaged: its bytes are not those that its length and checksum promise.",
            () => [.. Archives.Sdist()[..^8], 0, 0, 0, 0, .. Archives.Sdist()[^4..]]),
        Sdist("a comment of a gzip file", "archive_comment", "The gzip file carries a comment, in which another archive could hide.", () => WithHeader(0x10, "comment\0"u8)),
        Sdist("extra fields of a gzip file", "ambiguous_archive", Disagree + "its gzip header has extra fields.", () => WithHeader(0x04, [2, 0, 65, 66])),
    ];

    private static IEnumerable<Rejection> Tars =>
    [
        Tar("bytes after the end of a tar archive", "data_after_archive", "There are bytes after the archive's end.", ForgedTar.End, ForgedTar.Member("acme-1.0/evil.py", '0')),
        Tar("a size that is given twice", "ambiguous_archive", Disagree + "'acme-1.0/a.py' has two sizes.", ForgedTar.Pax('x', ("size", "0")), ForgedTar.Member("acme-1.0/a.py", '0', "data")),
        Tar("a path that is given twice", "ambiguous_archive", Disagree + "two headers say a different path or size of one member.",
            ForgedTar.Member("././@LongLink", 'L', "acme-1.0/a.py\0"), ForgedTar.Pax('x', ("path", "acme-1.0/b.py")), ForgedTar.Member("acme-1.0/c.py", '0')),
        Tar("a path for all members", "ambiguous_archive", Disagree + "a header of it gives all files one path or size.", ForgedTar.Pax('g', ("path", "acme-1.0/a.py"))),
        Tar("an extended header that is malformed", "ambiguous_archive", Disagree + "an extended header of it is not well-formed.", ForgedTar.Member("acme-1.0/x", 'x', "99 path=acme-1.0/a.py\n")),
        Tar("a file with holes", "ambiguous_archive", Disagree + "a file in it has holes, which few programs can read.", ForgedTar.Pax('x', ("GNU.sparse.major", "1"))),
        Tar("two formats of tar in one header", "ambiguous_archive", Disagree + "a header of it mixes two formats of tar.", ForgedTar.Member("acme-1.0/a.py", '0', magic: "ustar  \0", prefix: "evil")),
        Tar("a kind of member that few know", "ambiguous_archive", Disagree + "a member is of the kind 0x5a, which few know.", ForgedTar.Member("acme-1.0/a.py", 'Z')),
        Tar("a folder with content", "ambiguous_archive", Disagree + "'acme-1.0/a/' has two sizes.", ForgedTar.Member("acme-1.0/a/", '5', "data")),
    ];

    private static IEnumerable<Rejection> TarMembers =>
    [
        Tar("a path out of a tar archive", "unsafe_path", "The archive holds the path 'acme-1.0/../../evil.py', which leads out of the folder it is unpacked in.", ForgedTar.Member("acme-1.0/../../evil.py", '0')),
        Tar("an absolute path in a tar archive", "unsafe_path", "The archive holds the path '/etc/passwd', which is absolute.", ForgedTar.Member("/etc/passwd", '0')),
        Tar("an absolute path in an extended header", "unsafe_path", "The archive holds the path '/etc/passwd', which is absolute.",
            ForgedTar.Pax('x', ("path", "/etc/passwd")), ForgedTar.Member("acme-1.0/a.py", '0')),
        Tar("a link out of the archive", "unsafe_link", "The archive holds the link 'acme-1.0/a' to '../../etc/passwd', which leads out of the folder it is unpacked in.",
            ForgedTar.Member("acme-1.0/a", '2', target: "../../etc/passwd")),
        Tar("an absolute link", "unsafe_link", "The archive holds the link 'acme-1.0/a' to '/etc/passwd', which leads out of the folder it is unpacked in.",
            ForgedTar.Member("acme-1.0/a", '2', target: "/etc/passwd")),
        Tar("a hard link out of the archive", "unsafe_link", "The archive holds the link 'acme-1.0/a' to '../etc/passwd', which leads out of the folder it is unpacked in.",
            ForgedTar.Member("acme-1.0/a", '1', target: "../etc/passwd")),
        Tar("a link through another link", "unsafe_link", "The archive holds the link 'acme-1.0/b' to 'a/../../x', which leads out of the folder it is unpacked in.",
            ForgedTar.Member("acme-1.0/a", '2', target: "."), ForgedTar.Member("acme-1.0/b", '2', target: "a/../../x")),
        Tar("a file below a link", "unsafe_path", "The archive holds the path 'acme-1.0/a/x', which lies below 'acme-1.0/a', which is no folder.",
            ForgedTar.Member("acme-1.0/a", '2', target: "doc"), ForgedTar.Member("acme-1.0/a/x", '0')),
        Tar("a device", "special_file", "The archive's 'acme-1.0/tty' is a device or pipe.", ForgedTar.Member("acme-1.0/tty", '3')),
        Tar("a pipe", "special_file", "The archive's 'acme-1.0/pipe' is a device or pipe.", ForgedTar.Member("acme-1.0/pipe", '6')),
        Tar("the same path twice in a tar archive", "duplicate_member", "The archive holds 'acme-1.0/PKG-INFO' twice.", ForgedTar.Member("./acme-1.0/PKG-INFO", '0', Archives.Metadata("evil"))),
    ];

    private static IEnumerable<Rejection> ZipBombs =>
    [
        Wheel("a zip bomb", "unpacks_too_large", "The archive unpacks to more than 256 MiB, the most that one of its size may.", () => ForgedZip.Wheel(new("acme/zeros", "") { SizeChange = 300 << 20 })),
        Wheel("a zip bomb that says it is small", "archive_damaged", "The archive's 'acme/zeros' is damaged: its bytes are not those that its length and checksum promise.",
            () => ForgedZip.Wheel(new("acme/zeros") { Bytes = new byte[8 << 20], SizeChange = 1 - (8 << 20) })),
        Wheel("more unpacked than the setting allows", "unpacks_too_large", "The archive unpacks to more than 1 MiB, the most that one of its size may.",
            () => ForgedZip.Wheel(new("acme/zeros") { Bytes = new byte[2 << 20] })) with { Settings = options => options.MaxUnpackedMib = 1 },
    ];

    private static IEnumerable<Rejection> TarBombs =>
    [
        Sdist("a tar bomb", "unpacks_too_large", "The archive unpacks to more than 256 MiB, the most that one of its size may.", TarBomb),
        Sdist("too many members", "too_many_members", "The archive has more than 100000 members.",
            () => ForgedTar.Gzip([.. Enumerable.Range(0, 100_001).SelectMany(i => ForgedTar.Member($"acme-1.0/{i}", '0'))])) with { Settings = options => options.MaxFileMib = 100 },
    ];

    private static Rejection Wheel(string what, string code, string message, Func<byte[]> bytes) => new("Zip archives", what, code, message, WheelName, bytes);

    private static Rejection Sdist(string what, string code, string message, Func<byte[]> bytes) => new("Tar archives", what, code, message, SdistName, bytes);

    private static Rejection Member(string what, string code, string message, ForgedMember member) => Wheel(what, code, message, () => ForgedZip.Wheel(member));

    private static Rejection Path(string what, string path, string why, string? shown = null) =>
        Member(what, "unsafe_path", $"The archive holds the path '{shown ?? path}', which {why}.", new(path));

    private static Rejection Tar(string what, string code, string message, params byte[][] more) => Sdist(what, code, message, () => ForgedTar.Sdist(more));

    private static byte[] WithComment()
    {
        using var file = new MemoryStream();
        file.Write(Archives.Wheel());
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
            zip.Comment = "hidden";
        return file.ToArray();
    }

    /// <summary>An sdist whose gzip header has more in it.</summary>
    private static byte[] WithHeader(byte flags, ReadOnlySpan<byte> more)
    {
        var sdist = Archives.Sdist();
        sdist[3] |= flags;
        return [.. sdist[..10], .. more, .. sdist[10..]];
    }

    private static byte[] TarBomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(ForgedTar.Member("acme-1.0/zeros", '0', size: 300 << 20));
            for (var i = 0; i < 300; i++)
                gzip.Write(new byte[1 << 20]);
        }

        return packed.ToArray();
    }
}
