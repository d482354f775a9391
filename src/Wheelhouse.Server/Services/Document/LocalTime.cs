using System.Globalization;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Times as the clocks of a time zone show them.</summary>
internal static class LocalTime
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    private static readonly string[] OffsetFormats = [.. DateFormats.Select(format => format + "K"), .. DateFormats.Select(format => format + " K")];

    /// <summary>Reads a time of day: <c>00:00</c> to <c>24:00</c>.</summary>
    public static TimeSpan? ParseTime(string text) =>
        text is "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan()
        : null;

    /// <summary>Reads a date with a time (ISO 8601); without an offset it is of the zone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="late">See <see cref="ToInstant"/>.</param>
    public static DateTimeOffset? ParseDate(string text, TimeZoneInfo zone, bool late)
    {
        if (DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return ToInstant(local, zone, late);
        return DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToUniversalTime() : null;
    }

    /// <summary>
    /// The moment at which clocks show a time. When they jump over it, it is the moment of the jump; when they show it twice, the first or the second.
    /// </summary>
    /// <param name="local">The time that clocks show.</param>
    /// <param name="zone">Where.</param>
    /// <param name="late">Which of two.</param>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone, bool late)
    {
        var shown = local;
        while (zone.IsInvalidTime(shown)) shown = shown.AddMinutes(1);
        var offset = !zone.IsAmbiguousTime(shown) ? zone.GetUtcOffset(shown)
            : late ? zone.GetAmbiguousTimeOffsets(shown).Min()
            : zone.GetAmbiguousTimeOffsets(shown).Max();
        return new DateTimeOffset(shown, offset).ToUniversalTime();
    }
}
