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
    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>How many bytes there are.</summary>
    public long Size { get; set; }
}
