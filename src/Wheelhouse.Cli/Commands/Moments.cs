using System.Globalization;

namespace Wheelhouse.Cli.Commands;

/// <summary>Reads moments as people write them (ISO 8601).</summary>
internal static class Moments
{
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] WithOffset = [.. Local.Select(format => format + "K")];

    /// <summary>Reads <c>2030-12-24T18:00</c> as the clocks of a zone show it, or with an offset such as <c>Z</c> or <c>+01:00</c>.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset moment)
    {
        if (!DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
        moment = new DateTimeOffset(local, zone.GetUtcOffset(local));
        return true;
    }
}
