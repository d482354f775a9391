using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Files;

/// <summary>
/// Files on the local disk: <c>files/ab/abcdef…</c>, and <c>files/incoming/</c> on the same file system for those that are being received.
/// What an earlier run left there was never kept and is removed at start.
/// </summary>
internal sealed class LocalFileStore : IFileStore, IHostedService
{
    private readonly string _root;
    private readonly string _incoming;

    public LocalFileStore(DataDirectory data)
    {
        _root = data.Files;
        _incoming = Path.Combine(_root, "incoming");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_incoming);
        foreach (var leftover in Directory.EnumerateFiles(_incoming))
            File.Delete(leftover);
        return Task.CompletedTask;
    }

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

    private string PathOf(string name)
    {
        if (name.Length < 2 || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[1])
            || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '.'))
            throw new ArgumentException($"'{name}' is not a name of the file store.", nameof(name));
        return Path.Combine(_root, name[..2], name);
    }
}
