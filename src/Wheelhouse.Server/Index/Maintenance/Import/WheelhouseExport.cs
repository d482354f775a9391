using Wheelhouse.Python.Names;
using Wheelhouse.Server.Index.Maintenance.Export;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>Reads what <see cref="IndexExporter"/> wrote.</summary>
internal static class WheelhouseExport
{
    /// <exception cref="SourceException">The export was not finished, or its manifest is damaged.</exception>
    public static async Task<ImportSource> OpenAsync(string folder, CancellationToken token)
    {
        if (ExportFolder.IsUnfinished(folder)) throw new SourceException($"The export in {folder} was stopped before its end: it has no {Manifest.FileName}.", "Export again into the same folder; it goes on.");
        var lines = await Manifest.ReadAsync(Path.Combine(folder, Manifest.FileName), token).ToListAsync(token);
        var files = lines.OfType<ManifestFile>().Select(line => Read(folder, line)).ToList();
        return new($"{folder} is an export of a Wheelhouse index", files)
        {
            Projects = [.. lines.OfType<ManifestProject>()],
            Deleted = [.. lines.OfType<ManifestDeleted>()],
        };
    }

    private static ImportFile Read(string folder, ManifestFile line) =>
        new(Path.Combine(folder, ProjectName.Normalize(line.Project), Path.GetFileName(line.Name)), line.Name, line.Size, line.UploadedAt)
        {
            UploadedBy = line.UploadedBy,
            Yanked = line.Yanked,
            Build = line.Build,
            Sha256 = line.Sha256,
        };
}
