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

    /// <summary>How much of a larger one is read and sent at a time, in bytes.</summary>
    private const int Piece = 128 << 10;

    private static readonly string[] Conditions =
        [HeaderNames.Range, HeaderNames.IfRange, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.IfUnmodifiedSince];

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
        var tag = $"\"{_sha256}\"";
        if (IsPlain(http.Request)) await SendWholeAsync(stream, tag, http);
        else await TypedResults.Stream(stream, ContentType, lastModified: _uploadedAt, entityTag: new EntityTagHeaderValue(tag), enableRangeProcessing: true).ExecuteAsync(http);
    }

    /// <summary>Whether all of the file is asked for, on no condition: what nearly everybody who installs does.</summary>
    private static bool IsPlain(HttpRequest request) => HttpMethods.IsGet(request.Method) && !Array.Exists(Conditions, request.Headers.ContainsKey);

    /// <summary>Reads the file into the connection's own buffers, in large pieces: nothing is copied, and a piece is one write.</summary>
    private async Task SendWholeAsync(Stream stream, string tag, HttpContext http)
    {
        await using var file = stream;
        var response = http.Response;
        (response.ContentType, response.ContentLength) = (ContentType, file.Length);
        (response.Headers.ETag, response.Headers.LastModified, response.Headers.AcceptRanges) = (tag, _uploadedAt.ToString("R"), "bytes");
        for (var left = file.Length; left > 0;)
        {
            var piece = response.BodyWriter.GetMemory(Piece)[..(int)Math.Min(Piece, left)];
            // An asynchronous read would block another thread of the pool instead: there is no other reading of files.
            var count = file.Read(piece.Span);
            if (count == 0) throw new EndOfStreamException($"{_sha256} is shorter than it was.");
            response.BodyWriter.Advance(count);
            left -= count;
            if ((await response.BodyWriter.FlushAsync(http.RequestAborted)).IsCompleted) return;
        }
    }
}
