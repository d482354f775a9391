namespace Wheelhouse.Server.Access.Tokens;

/// <summary>
/// Remembers for a short time which tokens were found in the database, because pip makes many requests. A revoked token is forgotten
/// at once; the short time bounds only what another server on the same database may have changed.
/// </summary>
internal sealed class VerifiedTokens(TimeProvider time)
{
    /// <summary>How long a token is taken as found.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Counts the calls of <see cref="Forget"/>. Take it before reading the database, for <see cref="Add"/>.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>The row of a token that was found a short time ago, by its hash; null otherwise.</summary>
    public TokenRow? Find(byte[] hash)
    {
        lock (_lock) return _entries.TryGetValue(Key(hash), out var entry) && time.GetUtcNow() < entry.Until ? entry.Row : null;
    }

    /// <summary>Remembers a row, unless tokens changed since it was read: it may be one of them.</summary>
    /// <param name="row">The row.</param>
    /// <param name="generation">The <see cref="Generation"/> before it was read.</param>
    public void Add(TokenRow row, int generation)
    {
        lock (_lock)
        {
            if (generation != _generation) return;
            if (_entries.Count >= Most) _entries.Clear();
            _entries[Key(row.Hash)] = new Entry(row, time.GetUtcNow() + Lifetime);
        }
    }

    /// <summary>Forgets all of them. Call it after each commit that removes or replaces a token, before answering.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _generation);
            _entries.Clear();
        }
    }

    private static string Key(byte[] hash) => Convert.ToHexString(hash);

    private sealed record Entry(TokenRow Row, DateTimeOffset Until);
}
