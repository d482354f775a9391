using System.IO.Compression;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Reads a wheel's metadata and checks that an installer could unpack it (PEP 427).</summary>
internal static class WheelReader
{
    private const string Suffix = ".dist-info";

    /// <exception cref="BadDistributionException">It is not a wheel.</exception>
    public static async Task<DistributionContents> ReadAsync(Stream file, DistributionFileName name, CancellationToken token)
    {
        try
        {
            await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, token);
            foreach (var entry in archive.Entries)
                ArchivePath.Check(entry.FullName);
            var folder = FindFolder(archive, name);
            foreach (var required in (string[])["WHEEL", "RECORD"])
                Find(archive, $"{folder}/{required}");
            var metadata = Find(archive, $"{folder}/METADATA");
            await using var content = await metadata.OpenAsync(token);
            return await DistributionContents.ReadAsync(metadata.FullName, content, token);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new BadDistributionException("The file is not a complete zip archive, which a wheel is.", e);
        }
    }

    private static string FindFolder(ZipArchive archive, DistributionFileName name)
    {
        var folders = archive.Entries.Select(e => e.FullName.Split('/')[0]).Where(f => f.EndsWith(Suffix, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (folders.Count != 1)
            throw new BadDistributionException($"The wheel holds {folders.Count} folders that end in .dist-info instead of one.");
        var parts = folders[0][..^Suffix.Length].Split('-');
        var agrees = parts.Length == 2 && ProjectName.TryParse(parts[0], out var project) && project.Equals(name.Project)
            && PythonVersion.TryParse(parts[1], out var version) && version == name.Version;
        return agrees ? folders[0] : throw new BadDistributionException($"The wheel's folder {folders[0]} does not agree with its file name {name.Text}.");
    }

    private static ZipArchiveEntry Find(ZipArchive archive, string path) =>
        archive.GetEntry(path) ?? throw new BadDistributionException($"The wheel lacks {path}.");
}
