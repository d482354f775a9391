namespace Wheelhouse.Server.Index.Files;

/// <summary>
/// Where the bytes of the index lie. A name is lower-case letters, digits and dots, and begins with at least two of them; what lies under it
/// never changes. Failures of the storage itself are thrown, and nothing of the failed file can be opened afterwards.
/// </summary>
public interface IFileStore
{
    /// <summary>Begins a new file, which nobody can open before it is kept.</summary>
    Task<IncomingFile> CreateAsync(CancellationToken token);

    /// <summary>Opens a file to read, from any place in it; null when there is none.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken token);

    /// <summary>Removes a file; one that is not there is no error. Who has it open can read on.</summary>
    Task DeleteAsync(string name, CancellationToken token);
}

/// <summary>A file that is being received. Disposing it before it is kept removes every trace of it.</summary>
public abstract class IncomingFile : IAsyncDisposable
{
    /// <summary>Takes the bytes, and reads them again.</summary>
    public abstract Stream Content { get; }

    /// <summary>
    /// Makes the file durable and opens it to readers under a name: when this returns, it survives a loss of power.
    /// A file of that name is replaced by this one in one step, so the two must hold the same bytes.
    /// </summary>
    public abstract Task KeepAsync(string name, CancellationToken token);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
