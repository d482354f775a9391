using System.Buffers;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Kept;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>A file of an upstream that is passed on while it is fetched. When it turns out to be the wrong one, the connection is cut before its end.</summary>
/// <param name="arriving">The file.</param>
/// <param name="store">Has it in the end.</param>
internal sealed class ArrivingFile(ArrivingUpstreamFile arriving, IFileStore store) : IReadyAnswer
{
    private const int BufferSize = 128 * 1024;

    /// <inheritdoc/>
    public long Size => 0;

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = ServedFile.ContentType;
        http.Response.ContentLength = arriving.Bytes.Size;
        http.Response.Headers.CacheControl = ServedFile.CacheControl;
        http.Response.Headers.ETag = $"\"{arriving.Sha256}\"";
        if (HttpMethods.IsHead(http.Request.Method)) return;
        try
        {
            await SendAsync(http.Response.Body, http.RequestAborted);
        }
        catch (UpstreamException)
        {
            // Whoever fetches it has logged why.
            http.Abort();
        }
    }

    private async Task SendAsync(Stream output, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var sent = 0L;
            while (await arriving.Bytes.ReadAsync(sent, buffer, token) is > 0 and var count)
            {
                await output.WriteAsync(buffer.AsMemory(0, count), token);
                await output.FlushAsync(token);
                sent += count;
            }

            await arriving.Done.WaitAsync(token);
            await using var rest = await store.OpenAsync(arriving.Sha256, token) ?? throw new FileNotFoundException($"{arriving.Sha256} was kept, but is not in the store.");
            rest.Position = sent;
            await rest.CopyToAsync(output, token);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
