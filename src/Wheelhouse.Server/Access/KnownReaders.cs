using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Server.Access.Tokens;

namespace Wheelhouse.Server.Access;

/// <summary>
/// Remembers for a short time which <c>Authorization</c> headers were found to allow reading the index, by their hashes, because installers make
/// many requests. Only yes is remembered: whoever is not known here goes the ordinary way. As with <see cref="VerifiedTokens"/>, which this relies on,
/// a revoked token is forgotten at once.
/// </summary>
internal sealed class KnownReaders(VerifiedTokens verified, AccessOptions options, TimeProvider time)
{
    private const int Most = 1000;

    /// <summary>No header of ours is longer; a longer one goes the ordinary way.</summary>
    private const int Longest = 1024;

    private readonly ConcurrentDictionary<UInt128, Entry> _entries = new();

    /// <summary>Whether the request is known to come from somebody who may read the index.</summary>
    public bool MayRead(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0) return options.AnonymousRead;
        return header is [{ Length: > 0 and <= Longest } text] && _entries.TryGetValue(KeyOf(text), out var entry)
            && entry.Generation == verified.Generation && time.GetUtcNow() < entry.Until;
    }

    /// <summary>Remembers a header that allows reading the index.</summary>
    /// <param name="request">The request that had it.</param>
    /// <param name="expiresAt">When what it holds expires; null when it does not.</param>
    /// <param name="generation">The generation of the tokens before it was looked at.</param>
    public void Add(HttpRequest request, DateTimeOffset? expiresAt, int generation)
    {
        if (request.Headers.Authorization is not [{ Length: <= Longest } text]) return;
        var until = time.GetUtcNow() + VerifiedTokens.Lifetime;
        if (_entries.Count >= Most) _entries.Clear();
        _entries[KeyOf(text)] = new Entry(expiresAt < until ? expiresAt.Value : until, generation);
    }

    private static UInt128 KeyOf(string header)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Longest)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(header, bytes)], hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(DateTimeOffset Until, int Generation);
}
