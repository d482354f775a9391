using Microsoft.Net.Http.Headers;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Ready;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>A file of the index, or its metadata, as it is sent. Small ones are kept in memory, larger ones are read from the store each time.</summary>
internal sealed class ServedFile : IReadyAnswer
{
    /// <summary>The largest that is kept in memory, in bytes.</summary>
    private const int Small = 256 << 10;

    private const string ContentType = "application/octet-stream";

    private readonly IFileStore _store;
    private readonly string _name;
    private readonly string _entityTag;
    private readonly DateTimeOffset _uploadedAt;
    private readonly ReadyContent? _content;

    private ServedFile(IFileStore store, string name, string sha256, DateTimeOffset uploadedAt, byte[]? content)
    {
        _store = store;
        _name = name;
        _entityTag = $"\"{sha256}\"";
        _uploadedAt = uploadedAt;
        _content = content is null ? null : new(content, ContentType, _entityTag) { LastModified = uploadedAt, HasRanges = true };
    }

    /// <inheritdoc/>
    public long Size => _content?.Content.Length ?? 0;

    /// <summary>Finds a file in the store; null when it is not there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="sha256">The hash of its bytes.</param>
    /// <param name="uploadedAt">When it joined the index.</param>
    /// <param name="token">Ends reading it.</param>
    public static async Task<ServedFile?> FindAsync(IFileStore store, string name, string sha256, DateTimeOffset uploadedAt, CancellationToken token)
    {
        await using var stream = await store.OpenAsync(name, token);
        if (stream is null) return null;
        byte[]? content = null;
        if (stream.Length <= Small)
        {
            content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, token);
        }

        return new(store, name, sha256, uploadedAt, content);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        if (_content is not null)
        {
            await _content.WriteAsync(http);
            return;
        }

        var stream = await _store.OpenAsync(_name, http.RequestAborted) ?? throw new FileNotFoundException($"{_name} is on the index, but its bytes are not in the store.");
        await TypedResults.Stream(stream, ContentType, lastModified: _uploadedAt, entityTag: EntityTagHeaderValue.Parse(_entityTag), enableRangeProcessing: true)
            .ExecuteAsync(http);
    }
}
