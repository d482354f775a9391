using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Server.Index.Ready;

/// <summary>
/// Keeps the answers used most recently, up to <see cref="Limit"/>, without a lock on the way of a reader. There are two halves: what is used moves to
/// the young one; when that is full it becomes the old one, and what was left in the old one goes.
/// </summary>
internal sealed class ReadyCache(IndexGenerations generations, TimeProvider time)
{
    /// <summary>How much memory all answers may take together, about, in bytes.</summary>
    public const long Limit = 48 << 20;

    /// <summary>What an entry takes beside its answer, about, in bytes.</summary>
    private const int EntrySize = 300;

    private readonly Lock _turning = new();
    private ConcurrentDictionary<string, Entry> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, Entry> _old = new(StringComparer.Ordinal);
    private long _youngSize;

    /// <summary>Finds an answer that is current.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out IReadyAnswer? answer)
    {
        answer = null;
        if (!_young.TryGetValue(key, out var entry))
        {
            if (!_old.TryRemove(key, out entry)) return false;
            Add(key, entry);
        }

        if (!generations.IsCurrent(entry.Generation) || (entry.Until is { } until && time.GetUtcNow() >= until)) return false;
        answer = entry.Answer;
        return true;
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="key">Under which it is found.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="generation">The generation of its project before the answer was read.</param>
    /// <param name="until">Until when it holds at most; null while the generation does.</param>
    public void Keep(string key, IReadyAnswer answer, Generation generation, DateTimeOffset? until = null) => Add(key, new(answer, generation, until));

    private void Add(string key, Entry entry)
    {
        _young[key] = entry;
        if (Interlocked.Add(ref _youngSize, entry.Answer.Size + EntrySize) <= Limit / 2) return;
        lock (_turning)
        {
            if (Interlocked.Read(ref _youngSize) <= Limit / 2) return;
            _old = _young;
            _young = new(StringComparer.Ordinal);
            Interlocked.Exchange(ref _youngSize, 0);
        }
    }

    private sealed record Entry(IReadyAnswer Answer, Generation Generation, DateTimeOffset? Until);
}
