namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>How long to wait before the next attempt.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>
    /// Doubles from 1 s up to 5 minutes, less a random part of up to a half, so that channels that failed together do not come back together. A receiver that asks
    /// for longer is left alone for that long, up to an hour.
    /// </summary>
    /// <param name="attempts">How many attempts failed so far, from 1.</param>
    /// <param name="asked">What the receiver asked for, or null.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan After(int attempts, TimeSpan? asked, double random)
    {
        var full = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts - 1, 20)));
        var own = (full < Longest ? full : Longest) * (1 - (random / 2));
        var least = asked is { } wish ? (wish < LongestAsked ? wish : LongestAsked) : TimeSpan.Zero;
        return own > least ? own : least;
    }
}
