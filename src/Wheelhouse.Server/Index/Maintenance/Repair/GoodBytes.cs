using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Maintenance.Verification;

namespace Wheelhouse.Server.Index.Maintenance.Repair;

/// <summary>Brings the bytes of a file back from a folder: an export, the data directory of another server or of a backup, or any that has the file. Only bytes with the right hash come.</summary>
internal sealed class GoodBytes(IFileStore store)
{
    /// <summary>Brings the bytes of a file into the store.</summary>
    /// <param name="file">The file; its name and hash say what is looked for.</param>
    /// <param name="folder">Where to look.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>Where they were found; null when they are not there.</returns>
    public async Task<string?> BringAsync(Finding file, string folder, CancellationToken token)
    {
        foreach (var path in Places(file, folder).Where(File.Exists))
        {
            if (await TryBringAsync(path, file.Sha256!, token)) return path;
        }

        return null;
    }

    private static IEnumerable<string> Places(Finding file, string folder)
    {
        var (sha256, name) = (file.Sha256!, Path.GetFileName(file.Name));
        string[] kept = sha256.Length > 2 ? [Path.Combine(folder, "files", sha256[..2], sha256), Path.Combine(folder, sha256[..2], sha256)] : [];
        return [.. kept, Path.Combine(folder, Path.GetFileName(file.Project ?? ""), name), Path.Combine(folder, name)];
    }

    private async Task<bool> TryBringAsync(string path, string sha256, CancellationToken token)
    {
        await using var source = File.OpenRead(path);
        await using var incoming = await store.CreateAsync(token);
        var read = await HashedCopy.ReadAsync(source, incoming.Content, progress: null, token);
        if (!string.Equals(read.Sha256, sha256, StringComparison.Ordinal)) return false;
        await incoming.KeepAsync(sha256, token);
        return true;
    }
}
