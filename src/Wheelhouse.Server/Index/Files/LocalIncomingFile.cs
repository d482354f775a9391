using Microsoft.Win32.SafeHandles;

namespace Wheelhouse.Server.Index.Files;

/// <summary>A file in the incoming folder until it is kept: synced, then renamed, then its folder synced.</summary>
internal sealed class LocalIncomingFile(string path, Func<string, string> pathOf) : IncomingFile
{
    private readonly FileStream _content = new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        // It may be read as soon as it is kept, while whoever received it still holds it.
        Share = FileShare.Read,
        Options = FileOptions.Asynchronous,
    });

    private Task? _synced;
    private bool _isKept;

    public override Stream Content => _content;

    public override async Task CompleteAsync(CancellationToken token)
    {
        await _content.FlushAsync(token);
        _synced = SyncAsync(_content.SafeFileHandle);
    }

    public override async Task KeepAsync(string name, CancellationToken token)
    {
        if (_synced is null) await CompleteAsync(token);
        await _synced!;
        var target = pathOf(name);
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DurableFolder.Sync(Path.GetDirectoryName(folder)!);
        }

        File.Move(path, target, overwrite: true);
        _isKept = true;
        DurableFolder.Sync(folder);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_synced is not null) await _synced.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _content.DisposeAsync();
        if (!_isKept)
            File.Delete(path);
    }

    private static async Task SyncAsync(SafeFileHandle file)
    {
        await Task.Yield(); // The disk blocks a thread, and not the receiver's.
        RandomAccess.FlushToDisk(file);
    }
}
