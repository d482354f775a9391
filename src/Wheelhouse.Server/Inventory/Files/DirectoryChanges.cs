using System.Threading.Channels;

namespace Wheelhouse.Server.Inventory.Files;

/// <summary>Waits for whatever happens in a directory. Where the system says nothing (a network file system, no more watches), only the time passes.</summary>
internal sealed class DirectoryChanges : IDisposable
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher? _watcher;

    /// <summary>Begins to watch.</summary>
    public DirectoryChanges(string directory)
    {
        try
        {
            _watcher = new FileSystemWatcher(directory) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watcher.Changed += Signal;
            _watcher.Created += Signal;
            _watcher.Deleted += Signal;
            _watcher.Renamed += Signal;
            _watcher.Error += Signal;
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception unwatched) when (unwatched is IOException or ArgumentException)
        {
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Waits until something happens, or happened since it was asked last.</summary>
    /// <returns>Whether it did within the time.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _changed.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher?.Dispose();

    private void Signal(object sender, EventArgs happened) => _changed.Writer.TryWrite(true);
}
