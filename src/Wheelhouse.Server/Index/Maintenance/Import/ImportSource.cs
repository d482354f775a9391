using Wheelhouse.Server.Index.Maintenance.Export;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>Another index, as it lies in a folder.</summary>
/// <param name="Description">What it is, in a sentence.</param>
/// <param name="Files">The files to import.</param>
internal sealed record ImportSource(string Description, IReadOnlyList<ImportFile> Files)
{
    /// <summary>What is known of its projects.</summary>
    public IReadOnlyList<ManifestProject> Projects { get; init; } = [];

    /// <summary>The files that were deleted there.</summary>
    public IReadOnlyList<ManifestDeleted> Deleted { get; init; } = [];

    /// <summary>What is left out, and what people should know, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Finds out what lies in a folder: an export, the directory of a devpi-server, or a folder of packages as pypiserver serves it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="stages">The stages of a devpi-server to import, each <c>USER/INDEX</c>; none for the only one.</param>
    /// <param name="token">Ends looking.</param>
    /// <exception cref="SourceException">It is none of these, or there is nothing in it.</exception>
    public static async Task<ImportSource> OpenAsync(string folder, IReadOnlyList<string> stages, CancellationToken token)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(path)) throw new SourceException(File.Exists(path) ? $"{path} is a file." : $"There is no folder {path}.", "Name the folder of an export, of a devpi-server, or of packages.");
        var isDevpi = DevpiServer.IsOne(path);
        if (stages.Count > 0 && !isDevpi) throw new SourceException($"{path} is no directory of a devpi-server, so it has no stages.", "Leave out --stage.");
        var source = ExportFolder.IsExport(path) ? await WheelhouseExport.OpenAsync(path, token) : isDevpi ? DevpiServer.Open(path, stages) : PackageFolder.Open(path);
        return source.Files.Count > 0 || source.Deleted.Count > 0 ? source : throw new SourceException($"There is no wheel and no sdist in {path}.", "Name the folder that has them.");
    }
}
