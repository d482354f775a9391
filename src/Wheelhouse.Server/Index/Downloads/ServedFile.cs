using Microsoft.Net.Http.Headers;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Ready;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>A file of the index as it is sent, read from the store each time.</summary>
internal sealed class ServedFile : IReadyAnswer
{
    public const string ContentType = "application/octet-stream";
    public const string CacheControl = "private, max-age=31536000, immutable";

    /// <summary>The largest that is kept in memory, in bytes.</summary>
    private const int Small = 256 << 10;

    private readonly IFileStore _store;
    private readonly string _sha256;
    private readonly DateTimeOffset _uploadedAt;

    private ServedFile(IFileStore store, string sha256, DateTimeOffset uploadedAt) => (_store, _sha256, _uploadedAt) = (store, sha256, uploadedAt);

    /// <inheritdoc/>
    public long Size => 0;

    /// <summary>Finds a file in the store; null when it is not there. Small ones are read at once and kept in memory.</summary>
    /// <param name="store">The store.</param>
    /// <param name="sha256">The hash of its bytes, its name there.</param>
    /// <param name="uploadedAt">When it joined the index.</param>
    /// <param name="token">Ends reading it.</param>
    public static async Task<IReadyAnswer?> FindAsync(IFileStore store, string sha256, DateTimeOffset uploadedAt, CancellationToken token)
    {
        await using var stream = await store.OpenAsync(sha256, token);
        if (stream is null) return null;
        if (stream.Length > Small) return new ServedFile(store, sha256, uploadedAt);
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, token);
        return ServedBytes.Of(content, sha256, uploadedAt);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = CacheControl;
        ByteRanges.DropOthers(http.Request);
        var stream = await _store.OpenAsync(_sha256, http.RequestAborted) ?? throw new FileNotFoundException($"{_sha256} is on the index, but its bytes are not in the store.");
        await TypedResults.Stream(stream, ContentType, lastModified: _uploadedAt, entityTag: new EntityTagHeaderValue($"\"{_sha256}\""), enableRangeProcessing: true)
            .ExecuteAsync(http);
    }
}
