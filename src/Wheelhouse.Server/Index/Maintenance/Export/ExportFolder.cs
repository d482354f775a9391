using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance.Export;

/// <summary>
/// The folder of an export: <c>PROJECT/FILE</c>, the manifest, and while it is written <c>.incoming</c> for files that are not whole.
/// That folder is there until the manifest is, and so tells an export that was not finished from any other folder.
/// </summary>
internal sealed class ExportFolder
{
    private readonly string _root;
    private readonly string _incoming;

    private ExportFolder(string root) => (_root, _incoming) = (root, IncomingOf(root));

    /// <summary>Makes the folder, or goes on in the one of an earlier export.</summary>
    /// <param name="root">Where it is.</param>
    /// <param name="data">The data directory that is exported.</param>
    /// <exception cref="SourceException">Something else is there.</exception>
    public static ExportFolder Open(string root, DataDirectory data)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if ($"{path}/".StartsWith($"{Path.TrimEndingDirectorySeparator(data.Root)}/", StringComparison.Ordinal))
            throw new SourceException($"{path} lies in the data directory {data.Root}.", "Export to a folder elsewhere, best on another disk.");
        if (File.Exists(path)) throw new SourceException($"{path} is a file.", "Name a folder, which is made when it is not there.");
        if (Directory.Exists(path) && !IsExport(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new SourceException($"{path} is not empty and holds no export.", "Name an empty folder, or one that is not there yet.");
        var folder = new ExportFolder(path);
        DataDirectory.CreatePrivate(path); // Private packages stay private; who made it may open it to others
        Directory.CreateDirectory(folder._incoming);
        foreach (var leftover in Directory.EnumerateFiles(folder._incoming)) File.Delete(leftover);
        return folder;
    }

    /// <summary>Whether a folder holds an export that was begun.</summary>
    public static bool IsExport(string path) => IsFinished(path) || IsUnfinished(path);

    /// <summary>Whether a folder holds an export that was ended.</summary>
    public static bool IsFinished(string path) => File.Exists(Path.Combine(path, Manifest.FileName));

    /// <summary>Whether a folder holds an export that was begun and not ended.</summary>
    public static bool IsUnfinished(string path) => !IsFinished(path) && Directory.Exists(IncomingOf(path));

    /// <summary>Where a file goes; null when its names are no names of a project and a file, which cannot come from an upload.</summary>
    public string? PathOf(FileRow file) =>
        file.Project is { } project && DistributionFileName.TryParse(file.FileName, out var name) && name.Project.Normalized == project.Name && Path.GetFileName(name.Text) == name.Text
            ? Path.Combine(_root, project.Name, name.Text) : null;

    /// <summary>Begins a file; it is there in one step when it is kept.</summary>
    /// <param name="path">Where it goes.</param>
    public IncomingFile Create(string path) => new LocalIncomingFile(Path.Combine(_incoming, Guid.NewGuid().ToString("N")), _ => path);

    /// <summary>Begins the manifest.</summary>
    public IncomingFile CreateManifest() => Create(Path.Combine(_root, Manifest.FileName));

    /// <summary>Removes what only an unfinished export has.</summary>
    public void Finish() => Directory.Delete(_incoming, recursive: true);

    private static string IncomingOf(string root) => Path.Combine(root, ".incoming");
}
