using System.Buffers;
using System.Security.Cryptography;

namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>Reads bytes to their end and tells what they are.</summary>
internal static class HashedCopy
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="from">The stream.</param>
    /// <param name="to">Gets a copy of the bytes; null for none.</param>
    /// <param name="progress">Counts the bytes; null for none.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>The SHA-256 of the bytes, in lower-case hexadecimal, and how many there are.</returns>
    /// <exception cref="UnreadableFileException">The bytes cannot be read; a failure to write them is another exception.</exception>
    public static async Task<(string Sha256, long Size)> ReadAsync(Stream from, Stream? to, WorkProgress? progress, CancellationToken token)
    {
        long size = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await ReadAsync(from, buffer, token)) > 0; size += read)
            {
                hash.AppendData(buffer, 0, read);
                if (to is not null) await to.WriteAsync(buffer.AsMemory(0, read), token);
                progress?.AddBytes(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private static async Task<int> ReadAsync(Stream from, byte[] buffer, CancellationToken token)
    {
        try
        {
            return await from.ReadAsync(buffer, token);
        }
        catch (IOException e)
        {
            throw new UnreadableFileException(e.Message, e);
        }
    }
}

/// <summary>A file cannot be read to its end.</summary>
internal sealed class UnreadableFileException(string message, Exception inner) : IOException(message, inner);
