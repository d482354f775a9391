using System.Buffers;

namespace Wheelhouse.Server.Index.Upstreams.Asking;

/// <summary>Reads what others send: no more than was agreed, and no slower.</summary>
internal static class BoundedReading
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Reads a stream to its end, in pieces.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="stall">How long the next bytes may take.</param>
    /// <param name="take">Takes each piece.</param>
    /// <param name="token">Ends reading.</param>
    /// <returns>How many bytes there were; null when there are more than <paramref name="most"/>.</returns>
    /// <exception cref="TimeoutException">The next bytes took too long.</exception>
    /// <exception cref="HttpRequestException">The connection broke.</exception>
    public static async Task<long?> ReadAsync(
        Stream source, long most, TimeSpan stall, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken token)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
            var total = 0L;
            while (true)
            {
                patience.CancelAfter(stall);
                var count = await ReadAsync(source, buffer, patience.Token);
                patience.CancelAfter(Timeout.InfiniteTimeSpan);
                if (count == 0) return total;
                total += count;
                if (total > most) return null;
                await take(buffer.AsMemory(0, count), token);
            }
        }
        catch (OperationCanceledException slow) when (!token.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing more came within {stall.TotalSeconds:0.#} s", slow);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Tells a connection that breaks from a disk that does, to which the bytes go.</summary>
    private static async ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken token)
    {
        try
        {
            return await source.ReadAsync(buffer, token);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException(broken.Message, broken);
        }
    }
}
