namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>
/// The directory of a devpi-server that keeps its files on the disk: <c>+files/USER/INDEX/+f/abc/def0123456789/FILE</c>, where the two folders above the file are
/// the first 16 digits of its hash. Stages hold what was uploaded to them; mirrors hold what others asked for, and are left out.
/// </summary>
internal static class DevpiServer
{
    private const string Files = "+files";
    private const string Uploaded = "+f";

    /// <summary>Whether a folder is one.</summary>
    public static bool IsOne(string folder) => FilesOf(folder) is not null || File.Exists(Path.Combine(folder, ".nodeinfo"));

    /// <exception cref="SourceException">It has no files on the disk, or not the stages that are asked for, or several to choose from.</exception>
    public static ImportSource Open(string folder, IReadOnlyList<string> wanted)
    {
        if (FilesOf(folder) is not { } files || !Directory.Exists(files))
            throw new SourceException($"{folder} is a devpi-server that keeps its files in a database.", "Run devpi-export, and import the folder USER/INDEX of what it writes.");
        var mirrors = DevpiMirrors.Find(Path.GetDirectoryName(files)!, files);
        var indexes = Directory.EnumerateDirectories(files).SelectMany(Directory.EnumerateDirectories).Where(index => Directory.Exists(Path.Combine(index, Uploaded)))
            .ToDictionary(index => Path.GetRelativePath(files, index), index => Path.Combine(index, Uploaded), StringComparer.Ordinal);
        var chosen = Choose(folder, indexes.Keys.Order(StringComparer.Ordinal).ToList(), mirrors, wanted);
        var leftOut = indexes.Keys.Where(mirrors.Names.Contains).Order(StringComparer.Ordinal).ToList();
        return new($"{folder} is a devpi-server; the files of its {(chosen.Count == 1 ? "stage" : "stages")} {string.Join(", ", chosen)} are imported", [.. chosen.SelectMany(name => Read(indexes[name]))])
        {
            Notes = [.. leftOut.Count == 0 ? [] : (string[])[$"Left out, since {(leftOut.Count == 1 ? "it is a mirror" : "they are mirrors")}: {string.Join(", ", leftOut)}."], .. mirrors.Note is null ? [] : (string[])[mirrors.Note]],
        };
    }

    private static List<string> Choose(string folder, List<string> names, DevpiMirrors mirrors, IReadOnlyList<string> wanted)
    {
        var stages = names.Except(mirrors.Names, StringComparer.Ordinal).ToList();
        var all = stages.Count == 0 ? "It has none with files." : $"It has {string.Join(", ", stages)}.";
        foreach (var name in wanted)
        {
            if (mirrors.Names.Contains(name)) throw new SourceException($"{name} is a mirror: its files were uploaded elsewhere.", $"Name a stage. {all}");
            if (!stages.Contains(name, StringComparer.Ordinal)) throw new SourceException($"The devpi-server in {folder} has no files in a stage {name}.", $"Name a stage as USER/INDEX. {all}");
        }

        if (wanted.Count > 0) return [.. wanted.Distinct(StringComparer.Ordinal)];
        return stages switch
        {
            [] => throw new SourceException($"The devpi-server in {folder} has no stage with files.", "Name another folder, or upload the files."),
            [_] => stages,
            _ => throw new SourceException($"The devpi-server in {folder} has several stages.", $"Name one or more with --stage. {all}"),
        };
    }

    /// <summary>The packages of a stage; beside them it keeps documentation and results of tests.</summary>
    private static IEnumerable<ImportFile> Read(string stage) => PackageFolder.Walk(stage)
        .Where(file => PackageFolder.IsPackage(file.Name) && !file.Name.EndsWith(".doc.zip", StringComparison.Ordinal) && !file.Name.Contains(".toxresult", StringComparison.Ordinal))
        .Select(file => ImportFile.At(file) with { HashBegins = HashOf(file) });

    private static string? HashOf(FileInfo file)
    {
        var (end, begin) = (file.Directory!.Name, file.Directory.Parent!.Name);
        return (begin.Length, end.Length) is (3, 13) && (begin + end).All(char.IsAsciiHexDigitLower) ? begin + end : null;
    }

    private static string? FilesOf(string folder) =>
        Path.GetFileName(folder) == Files ? folder : Directory.Exists(Path.Combine(folder, Files)) ? Path.Combine(folder, Files) : null;
}
