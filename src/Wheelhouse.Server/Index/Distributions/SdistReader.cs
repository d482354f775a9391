using System.Formats.Tar;
using System.IO.Compression;
using Wheelhouse.Python.Distributions;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Reads an sdist's metadata and checks that its paths are safe to unpack (PEP 625, and PEP 721 for what a path may be).</summary>
internal static class SdistReader
{
    /// <summary>How many times the size of its archive an sdist may unpack to, and the size in bytes that is always allowed.</summary>
    private const int MaxRatio = 100;
    private const long AlwaysAllowed = 256L << 20;

    /// <exception cref="BadDistributionException">It is not an sdist.</exception>
    public static async Task<DistributionContents> ReadAsync(Stream file, DistributionFileName name, CancellationToken token)
    {
        var isZip = name.Text.EndsWith(".zip", StringComparison.Ordinal);
        try
        {
            var contents = isZip ? await ReadZipAsync(file, token) : await ReadTarAsync(file, token);
            return contents ?? throw new BadDistributionException("The sdist lacks PKG-INFO in its top folder.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException)
        {
            throw new BadDistributionException($"The file is not a complete {(isZip ? "zip" : "gzip-compressed tar")} archive, which an sdist of this name is.", e);
        }
    }

    private static async Task<DistributionContents?> ReadZipAsync(Stream file, CancellationToken token)
    {
        await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, token);
        foreach (var entry in archive.Entries)
            ArchivePath.Check(entry.FullName);
        if (archive.Entries.FirstOrDefault(e => IsPackageInfo(e.FullName)) is not { } found)
            return null;
        await using var content = await found.OpenAsync(token);
        return await DistributionContents.ReadAsync(found.FullName, content, token);
    }

    private static async Task<DistributionContents?> ReadTarAsync(Stream file, CancellationToken token)
    {
        var limit = Math.Max(AlwaysAllowed, file.Length * MaxRatio);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        await using var tar = new TarReader(unzipped, leaveOpen: true);
        DistributionContents? contents = null;
        var any = false;
        while (await tar.GetNextEntryAsync(copyData: false, token) is { } entry)
        {
            any = true;
            limit -= entry.Length;
            if (limit < 0)
                throw new BadDistributionException($"The sdist unpacks to more than {MaxRatio} times its size.");
            ArchivePath.Check(entry.Name);
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                ArchivePath.CheckLink(entry.Name, entry.LinkName, entry.EntryType is TarEntryType.SymbolicLink);
            if (contents is null && IsPackageInfo(entry.Name) && entry.DataStream is { } data)
                contents = await DistributionContents.ReadAsync(entry.Name, data, token);
        }

        return any ? contents : throw new InvalidDataException("The archive is empty.");
    }

    private static bool IsPackageInfo(string path)
    {
        var parts = path.StartsWith("./", StringComparison.Ordinal) ? path[2..].Split('/') : path.Split('/');
        return parts is [{ Length: > 0 }, "PKG-INFO"];
    }
}
