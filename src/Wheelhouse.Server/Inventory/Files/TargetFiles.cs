using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Wheelhouse.Server.Inventory.Files;

/// <summary>The files that a path names, at one moment.</summary>
internal sealed record TargetFiles(IReadOnlyList<TargetFile> All)
{
    /// <summary>A hash of the names and contents.</summary>
    public string Version
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var text in All.SelectMany(file => new[] { file.Path, file.Text }))
            {
                // The length keeps apart what would read the same when put together.
                hash.AppendData(BitConverter.GetBytes(text.Length));
                hash.AppendData(Encoding.UTF8.GetBytes(text));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>Reads them, in the order of their names.</summary>
    /// <exception cref="InventoryException">There is none, or one cannot be read.</exception>
    public static async Task<TargetFiles> ReadAsync(InventoryFiles files, string path, CancellationToken cancellationToken)
    {
        var read = new List<TargetFile>();
        foreach (var one in Find(files, path)) read.Add(new TargetFile(one, await files.ReadAsync(one, cancellationToken)));
        return new TargetFiles(read);
    }

    private static IReadOnlyList<string> Find(InventoryFiles files, string path)
    {
        var pattern = Path.GetFileName(path);
        if (!pattern.AsSpan().ContainsAny('*', '?')) return [path];

        // Hidden files are somebody's half-written ones, and Kubernetes' own.
        var found = files.List(Path.GetDirectoryName(path)!).Where(one => Matches(pattern, Path.GetFileName(one))).ToList();
        return found.Count > 0 ? found : throw new InventoryException($"No file is named {path} on the server.", "Correct the path, or put the file there.");
    }

    private static bool Matches(string pattern, string name) =>
        (name[0] != '.' || pattern[0] == '.') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
