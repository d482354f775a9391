using System.IO.Enumeration;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Wheels;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>A folder of packages, flat or nested, as pypiserver serves it, and simple mirrors and build jobs leave it.</summary>
internal static class PackageFolder
{
    /// <summary>Packages of other formats: each is told, since somebody may miss it. Any other file is left out.</summary>
    private static readonly string[] OtherPackages = [".egg", ".exe", ".msi", ".rpm", ".deb", ".dmg", ".tar.bz2", ".tar.xz", ".tar.Z", ".tgz", ".tar"];

    private static readonly string[] Packages = [WheelFileName.Extension, .. SdistFileName.Extensions, .. OtherPackages];

    /// <exception cref="SourceException">It is something else that is known.</exception>
    public static ImportSource Open(string folder)
    {
        if (File.Exists(Path.Combine(folder, "dataindex.json")))
            throw new SourceException($"{folder} is an export of a devpi-server.", $"Name the folder of one of its stages: {Path.Combine(folder, "USER", "INDEX")}.");
        if (File.Exists(Path.Combine(folder, "wheelhouse.db")))
            throw new SourceException($"{folder} is the data directory of a Wheelhouse server.", "Export its index, and import the export: wheelhouse-server index export.");
        var files = Walk(folder).ToLookup(file => IsPackage(file.Name));
        var others = files[false].Select(file => file.Extension).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(extension => extension.Length == 0 ? "none" : extension);
        return new($"{folder} is a folder of packages, as pypiserver has it", [.. files[true].Select(ImportFile.At)])
        {
            Notes = files[false].Any() ? [$"{files[false].Count()} files that are no packages are left out (their extensions: {string.Join(", ", others)})."] : [],
        };
    }

    /// <summary>Whether a name is that of a package, of whichever format.</summary>
    public static bool IsPackage(string name) => Array.Exists(Packages, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>All files but hidden ones. A link to a file is followed; one to a folder is not, it could lead in a circle.</summary>
    public static IEnumerable<FileInfo> Walk(string folder) => new FileSystemEnumerable<FileInfo>(
        folder, (ref entry) => (FileInfo)entry.ToFileSystemInfo(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && !IsHidden(entry.FileName),
        ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !IsHidden(entry.FileName),
    };

    private static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith(".");
}
