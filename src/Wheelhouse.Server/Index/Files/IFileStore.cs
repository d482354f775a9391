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

    /// <summary>Lists everything that lies in the store, in no order, but for what was set aside.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(CancellationToken token);

    /// <summary>Takes a file away from readers, and keeps it for people to look at.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Those set aside in one go have one folder: letters, digits and '-'.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>Where it is now, for people to read; null when there was no such file.</returns>
    Task<string?> SetAsideAsync(string name, string folder, CancellationToken token);

    /// <summary>Removes what was being received when an earlier run was ended. Call it while nothing is being received.</summary>
    Task RemoveUnkeptAsync(CancellationToken token);
}

/// <summary>Something that lies in the store.</summary>
/// <param name="Name">The name to open it by; when it was not kept, what people find it by.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ChangedAt">When it was written last.</param>
public sealed record StoredFile(string Name, StoredFileKind Kind, long Size, DateTimeOffset ChangedAt);

/// <summary>What something in the store is.</summary>
public enum StoredFileKind
{
    /// <summary>A file that can be opened by its name.</summary>
    Kept,

    /// <summary>A file that is being received, or was when an earlier run was ended.</summary>
    Unkept,

    /// <summary>Something that the store did not put there.</summary>
    Foreign,
}

/// <summary>A file that is being received. Disposing it before it is kept removes every trace of it.</summary>
public abstract class IncomingFile : IAsyncDisposable
{
    /// <summary>Takes the bytes, and reads them again.</summary>
    public abstract Stream Content { get; }

    /// <summary>
    /// Says that all bytes are there, so that they can be made durable while somebody reads them again. Whoever does not say it waits longer for
    /// <see cref="KeepAsync"/>, which throws what fails meanwhile.
    /// </summary>
    public virtual Task CompleteAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>
    /// Makes the file durable and opens it to readers under a name: when this returns, it survives a loss of power.
    /// A file of that name is replaced by this one in one step, so the two must hold the same bytes.
    /// </summary>
    public abstract Task KeepAsync(string name, CancellationToken token);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
