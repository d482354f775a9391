namespace Wheelhouse.Server.Access.SignIn;

/// <summary>
/// Slows down guessing at one name, from however many addresses: <see cref="Free"/> tries, then one after a wait that doubles each time.
/// A try counts when it begins, so that many at once gain nothing; a right password forgets them all.
/// </summary>
internal sealed class FailedSignIns(TimeProvider time)
{
    /// <summary>How many tries need no wait.</summary>
    public const int Free = 5;

    /// <summary>How long after the last try, and its wait, the tries are forgotten.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private const int MostNames = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins a try.</summary>
    /// <returns>Null when it may go on, else how long to wait.</returns>
    public TimeSpan? Begin(string name)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var entry = _names.GetValueOrDefault(name);
            if (entry?.Until > now) return entry.Until - now;
            var count = entry is null || entry.Until + Window <= now ? 1 : entry.Count + 1;
            if (entry is null && _names.Count >= MostNames) MakeRoom();
            _names[name] = new Entry(count, now + WaitAfter(count));
            return null;
        }
    }

    /// <summary>Forgets the tries, because the password was right.</summary>
    public void Forget(string name)
    {
        lock (_lock) _names.Remove(name);
    }

    private static TimeSpan WaitAfter(int count)
    {
        if (count < Free) return TimeSpan.Zero;
        var doublings = Math.Min(count - Free, 10);
        var wait = FirstWait * (1 << doublings);
        return wait < LongestWait ? wait : LongestWait;
    }

    private void MakeRoom()
    {
        foreach (var (name, _) in _names.OrderBy(entry => entry.Value.Until).Take(MostNames / 10).ToList()) _names.Remove(name);
    }

    private sealed record Entry(int Count, DateTimeOffset Until);
}
