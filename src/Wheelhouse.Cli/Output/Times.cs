using System.Globalization;

namespace Wheelhouse.Cli.Output;

/// <summary>Writes times and durations for people, in their time zone.</summary>
/// <param name="time">The clock and the zone.</param>
internal sealed class Times(TimeProvider time)
{
    /// <summary>The hour, minute and second: <c>14:03:09</c>.</summary>
    public string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The date and minute: <c>2026-02-03 14:03</c>.</summary>
    public string Moment(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long ago: <c>5 min ago</c>.</summary>
    public string Ago(DateTimeOffset at)
    {
        var age = time.GetUtcNow() - at;
        return age < TimeSpan.FromSeconds(5) ? "just now" : $"{Span(age)} ago";
    }

    /// <summary>A duration, as exact as a person needs: <c>3.2 s</c>, <c>42 s</c>, <c>5 min</c>, <c>3 h</c>, <c>12 d</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} d"),
    };

    /// <summary>The same for what takes less than a second as a rule: <c>6 ms</c>, <c>3.2 s</c>.</summary>
    public static string Brief(TimeSpan span) =>
        span < TimeSpan.FromSeconds(1) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalMilliseconds):0} ms") : Span(span);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
}
