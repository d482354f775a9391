using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>A form of the upload protocol, with its file received but not yet kept.</summary>
internal sealed class UploadForm : IAsyncDisposable
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The file's name as sent; null until its part of the form began.</summary>
    public string? FileName { get; private set; }

    /// <summary>The file's bytes; null until its part of the form began.</summary>
    public IncomingFile? File { get; private set; }

    /// <summary>The SHA-256 of the bytes received, in lower-case hexadecimal.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>How many bytes were received.</summary>
    public long Size { get; set; }

    /// <summary>The first value of a field; null when it was not sent or is empty.</summary>
    public string? Field(string name) => _fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public void Add(string field, string value) => _fields.TryAdd(field, value);

    [MemberNotNull(nameof(FileName), nameof(File))]
    public void Begin(string fileName, IncomingFile file)
    {
        FileName = fileName;
        File = file;
    }

    public ValueTask DisposeAsync() => File?.DisposeAsync() ?? ValueTask.CompletedTask;
}
