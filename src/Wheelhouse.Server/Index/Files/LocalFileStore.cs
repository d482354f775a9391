using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Files;

/// <summary>
/// Files on the local disk: <c>files/ab/abcdef…</c>, and on the same file system <c>files/incoming/</c> for those that are being received
/// and <c>files/set-aside/</c> for damaged ones. What an earlier run left in incoming was never kept and is removed at start.
/// </summary>
internal sealed class LocalFileStore : IFileStore, IHostedService
{
    private static readonly EnumerationOptions AllFiles = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    private readonly string _root;
    private readonly string _incoming;
    private readonly string _aside;

    public LocalFileStore(DataDirectory data)
    {
        _root = data.Files;
        _incoming = Path.Combine(_root, "incoming");
        _aside = Path.Combine(_root, "set-aside");
    }

    public Task StartAsync(CancellationToken cancellationToken) => RemoveUnkeptAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IncomingFile> CreateAsync(CancellationToken token)
    {
        var path = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        return Task.FromResult<IncomingFile>(new LocalIncomingFile(path, PathOf));
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken token)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            return Task.FromResult<Stream?>(null);
        var options = new FileStreamOptions
        {
            Access = FileAccess.Read,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        };
        return Task.FromResult<Stream?>(new FileStream(path, options));
    }

    public Task DeleteAsync(string name, CancellationToken token)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            File.Delete(path);
            DurableFolder.Sync(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<StoredFile> ListAsync(CancellationToken token) =>
        (Directory.Exists(_root) ? new DirectoryInfo(_root).EnumerateFiles("*", AllFiles) : [])
            .Where(file => !IsBelow(_aside, file)).Select(Describe).OfType<StoredFile>().ToAsyncEnumerable();

    public Task<string?> SetAsideAsync(string name, string folder, CancellationToken token)
    {
        var (from, target) = (PathOf(name), Path.Combine(_aside, folder, name));
        if (!File.Exists(from)) return Task.FromResult<string?>(null);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(from, target, overwrite: false);
        foreach (var changed in (string[])[Path.GetDirectoryName(target)!, _aside, _root, Path.GetDirectoryName(from)!]) DurableFolder.Sync(changed);
        return Task.FromResult<string?>(target);
    }

    public Task RemoveUnkeptAsync(CancellationToken token)
    {
        foreach (var leftover in Directory.CreateDirectory(_incoming).EnumerateFiles())
            leftover.Delete();
        return Task.CompletedTask;
    }

    /// <summary>Null when it is gone meanwhile.</summary>
    private StoredFile? Describe(FileInfo file)
    {
        file.Refresh();
        if (!file.Exists) return null;
        var kind = IsBelow(_incoming, file) ? StoredFileKind.Unkept
            : IsName(file.Name) && string.Equals(file.FullName, PathOf(file.Name), StringComparison.Ordinal) ? StoredFileKind.Kept : StoredFileKind.Foreign;
        return new(kind is StoredFileKind.Kept ? file.Name : Path.GetRelativePath(_root, file.FullName), kind, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
    }

    private static bool IsBelow(string folder, FileInfo file) => file.FullName.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsName(string name) =>
        name.Length >= 2 && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[1]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '.');

    private string PathOf(string name) =>
        IsName(name) ? Path.Combine(_root, name[..2], name) : throw new ArgumentException($"'{name}' is not a name of the file store.", nameof(name));
}
