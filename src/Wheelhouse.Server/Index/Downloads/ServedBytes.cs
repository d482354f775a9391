using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Server.Index.Ready;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>A small file of the index, or a wheel's metadata, as it is sent from memory.</summary>
internal sealed class ServedBytes : IReadyAnswer
{
    private readonly ReadyContent _content;

    private ServedBytes(byte[] bytes, string sha256, DateTimeOffset uploadedAt) =>
        _content = new(bytes, ServedFile.ContentType, $"\"{sha256}\"") { LastModified = uploadedAt, HasRanges = true };

    /// <inheritdoc/>
    public long Size => _content.Content.Length;

    /// <summary>The answer with some bytes; null when there are none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="sha256">Their hash, in lower-case hexadecimal.</param>
    /// <param name="uploadedAt">When the file joined the index.</param>
    [return: NotNullIfNotNull(nameof(bytes))]
    public static ServedBytes? Of(byte[]? bytes, string sha256, DateTimeOffset uploadedAt) => bytes is null ? null : new(bytes, sha256, uploadedAt);

    /// <inheritdoc/>
    public Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = ServedFile.CacheControl;
        return _content.WriteAsync(http);
    }
}
