namespace Wheelhouse.Server.Inventory;

/// <summary>The files on the server that a service document may name; see <see cref="InventoryOptions.Paths"/>.</summary>
public sealed class InventoryFiles(InventoryOptions options)
{
    /// <summary>Files that are read whole are at most so large, in bytes.</summary>
    private const int MaxBytes = 32 << 20;

    /// <summary>Checks that a file, or a directory to look into, may be used.</summary>
    /// <param name="path">An absolute path; links are followed before it is judged.</param>
    /// <returns>The path without links.</returns>
    /// <exception cref="InventoryException">It does not exist, or lies outside the directories.</exception>
    public string Check(string path)
    {
        var allowed = string.Join(", ", options.Paths);
        if (!Path.IsPathFullyQualified(path)) throw new InventoryException($"The path '{path}' is not absolute.", $"Write it from '/' on; it must lie in {allowed}.");
        if (path.Contains('\0')) throw new InventoryException("A path contains a null character.", "Remove it.");
        try
        {
            var real = Resolve(path);
            return options.Paths.Any(directory => Path.Exists(directory) && IsWithin(real, Resolve(directory)))
                ? real
                : throw new InventoryException(
                    $"{path} does not lie in a directory from which inventories may use files ({allowed}).",
                    "Put it there, or add its directory to the setting inventory.paths of the server.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Reads a text file.</summary>
    /// <exception cref="InventoryException">It may not be used, cannot be read, or is larger than 32 MiB.</exception>
    public async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var real = Check(path);
        try
        {
            if (new FileInfo(real).Length > MaxBytes) throw new InventoryException($"{path} is larger than {MaxBytes >> 20} MiB.", "Name a smaller file.");
            return await File.ReadAllTextAsync(real, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Lists the files of a directory, by name.</summary>
    /// <exception cref="InventoryException">It may not be used, or cannot be read.</exception>
    public IReadOnlyList<string> List(string directory)
    {
        var real = Check(directory);
        try
        {
            return [.. Directory.GetFiles(real).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(directory, e);
        }
    }

    /// <summary>Reads a token or password: the first line of a file, without white space around it.</summary>
    /// <exception cref="InventoryException">As <see cref="ReadAsync"/>, or the line is empty.</exception>
    public async Task<string> ReadSecretAsync(string path, CancellationToken cancellationToken)
    {
        var secret = (await ReadAsync(path, cancellationToken)).Split('\n', 2)[0].Trim();
        return secret.Length > 0 ? secret : throw new InventoryException($"The first line of {path} is empty.", "Write the secret into it.");
    }

    private static InventoryException Unreadable(string path, Exception reason) => new(
        reason is FileNotFoundException or DirectoryNotFoundException ? $"{path} does not exist on the server." : $"{path} cannot be read: {reason.Message}",
        "Correct the path, or let the server's user read the file.");

    private static bool IsWithin(string path, string directory) => path == directory || path.StartsWith(directory.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>Follows the links of the path and of every directory on the way.</summary>
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Path.Exists(full)) throw new FileNotFoundException(null, path);
        var resolved = "/";
        for (var rest = new Stack<string>(full.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()); rest.TryPop(out var part);)
        {
            var next = Path.Combine(resolved, part);
            resolved = new FileInfo(next).LinkTarget is null ? next : Resolve(File.ResolveLinkTarget(next, returnFinalTarget: true)!.FullName);
        }

        return resolved;
    }
}
