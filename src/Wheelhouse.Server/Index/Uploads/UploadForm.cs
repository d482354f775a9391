using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>A form of the upload protocol. It owns its file until that is kept.</summary>
internal sealed class UploadForm : IAsyncDisposable
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The file; null when none has come yet.</summary>
    public ReceivedFile? File { get; set; }

    /// <summary>The first value of a field; null when it was not sent or is empty.</summary>
    public string? Field(string name) => _fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public void Add(string field, string value) => _fields.TryAdd(field, value);

    public ValueTask DisposeAsync() => File?.Incoming.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>A file that was received.</summary>
/// <param name="Name">What its name says.</param>
/// <param name="Incoming">Its bytes, not yet kept.</param>
internal sealed record ReceivedFile(DistributionFileName Name, IncomingFile Incoming)
{
    /// <summary>The largest file that is checked in memory, in bytes.</summary>
    private const int MaxInMemory = 1 << 20;
    private const int BufferSize = 128 * 1024;

    private byte[]? _bytes;

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>How many bytes there are.</summary>
    public long Size { get; set; }

    /// <summary>
    /// The bytes from their beginning. Those of small files are read once, from the system's memory where they were just put, and kept: each asynchronous
    /// read of one of an archive's many parts would be a turn of the thread pool.
    /// </summary>
    public Stream Open()
    {
        Incoming.Content.Position = 0;
        if (Size > MaxInMemory)
            return new BufferedStream(Incoming.Content, BufferSize);
        if (_bytes is null)
            Incoming.Content.ReadExactly(_bytes = new byte[Size]);
        return new MemoryStream(_bytes, writable: false);
    }
}
