using System.Buffers;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>Reads streams into memory and through callbacks.</summary>
internal static class ByteReading
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>Reads so many bytes, or fewer when the stream ends.</summary>
    public static async Task<byte[]> TakeAsync(this Stream stream, int count, CancellationToken token)
    {
        var bytes = new byte[count];
        var read = await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, token);
        return read == count ? bytes : bytes[..read];
    }

    /// <summary>Hands a stream's bytes to a callback until it ends.</summary>
    public static async Task ForEachChunkAsync(this Stream stream, Action<ReadOnlySpan<byte>> take, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, token)) > 0)
                take(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
