using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds;

/// <summary>The folder of one build, below the data directory: its files, from their making until they are published.</summary>
internal static class BuildFolder
{
    /// <summary>Where the folders of all builds lie.</summary>
    public static string Parent(DataDirectory data) => Path.Combine(data.Root, "builds");

    /// <summary>The folder of a build.</summary>
    public static string Of(DataDirectory data, string build) => Path.Combine(Parent(data), build);

    /// <summary>The builds that have a folder.</summary>
    public static IReadOnlyList<string> List(DataDirectory data) => Directory.Exists(Parent(data))
        ? [.. Directory.GetDirectories(Parent(data)).Select(Path.GetFileName).OfType<string>().Where(name => name.Length == Ulid.Length)]
        : [];

    /// <summary>Makes the folder anew, empty.</summary>
    public static string Create(DataDirectory data, string build)
    {
        var folder = Of(data, build);
        Delete(folder);
        DataDirectory.CreatePrivate(Parent(data));
        return DataDirectory.CreatePrivate(folder).FullName;
    }

    /// <summary>Removes a folder with all that is in it; one that is not there is no error.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Makes the files of a folder survive a loss of power.</summary>
    public static void Sync(string folder)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            file.Flush(flushToDisk: true);
        }

        DurableFolder.Sync(folder);
    }
}
