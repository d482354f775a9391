using System.Globalization;
using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Documents;

/// <summary>Durations as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1h30m</c>.</summary>
public static partial class Duration
{
    /// <summary>What a document may ask for at most.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);

    /// <summary>Reads a duration; a number without a unit is none, nor is anything longer than <see cref="Longest"/>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Pattern().Match(text);
        if (!match.Success || text.Length == 0) return false;
        var milliseconds = Part(match, "h") * 3_600_000 + Part(match, "m") * 60_000 + Part(match, "s") * 1000 + Part(match, "ms");
        if (milliseconds > (decimal)Longest.TotalMilliseconds) return false;
        duration = TimeSpan.FromMilliseconds((double)milliseconds);
        return true;
    }

    /// <summary>Writes a duration so that <see cref="TryParse"/> reads it again, to the millisecond.</summary>
    public static string Format(TimeSpan duration)
    {
        var (hours, minutes, seconds, rest) = ((int)duration.TotalHours, duration.Minutes, duration.Seconds, duration.Milliseconds);
        var text = (hours > 0 ? $"{hours}h" : "") + (minutes > 0 ? $"{minutes}m" : "") + (seconds > 0 ? $"{seconds}s" : "") + (rest > 0 ? $"{rest}ms" : "");
        return text.Length == 0 ? "0s" : text;
    }

    /// <summary>Writes a duration for a person to read: <c>0.7 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Describe(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, duration.TotalSeconds):0.0} s"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} min {duration.Seconds} s",
        _ => $"{(int)duration.TotalHours} h {duration.Minutes} min",
    };

    private static decimal Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } group ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<h>[0-9]{1,9})h)?(?:(?<m>[0-9]{1,9})m)?(?:(?<s>[0-9]{1,9}(?:\.[0-9]{1,3})?)s)?(?:(?<ms>[0-9]{1,9})ms)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
