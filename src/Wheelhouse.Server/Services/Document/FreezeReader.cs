using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads <c>freezes</c>.</summary>
internal static class FreezeReader
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Reads all windows of an environment. One with <c>days</c> happens each week, one without once.</summary>
    public static IReadOnlyList<FreezeDocument> ReadAll(MapReader environment)
    {
        var freezes = new List<FreezeDocument>();
        foreach (var (item, path) in environment.List("freezes"))
        {
            if (MapReader.Open(item, path, environment.Errors) is not { } map) continue;
            var reason = map.RequiredText("reason", "Add 'reason: …': everybody who is refused reads it.", Rules.Reason);
            var zone = ReadZone(map);
            FreezeDocument? freeze = map.Find("days") is { } days ? ReadWeekly(map, days, reason, zone) : ReadDated(map, reason, zone);
            if (freeze is not null) freezes.Add(freeze);
            map.Finish();
        }

        return freezes;
    }

    private static TimeZoneInfo ReadZone(MapReader map) =>
        map.Text("time_zone", Rules.TimeZone) is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;

    private static WeeklyFreeze? ReadWeekly(MapReader map, DocumentNode node, string reason, TimeZoneInfo zone)
    {
        var (from, until) = (ReadTime(map, "from", TimeSpan.Zero), ReadTime(map, "until", TimeSpan.FromDays(1)));
        var days = new HashSet<DayOfWeek>();
        if (node is ListNode { Items.Count: 0 }) map.Errors.Add(node, map.Path("days"), "The list of days is empty.", "Write it like [fri, sat, sun].");
        foreach (var (item, path) in map.List("days"))
        {
            if (Scalars.Text(item, path, map.Errors) is not { } text) continue;
            if (Array.IndexOf(Days, text) is var day && day >= 0) days.Add((DayOfWeek)day);
            else map.Errors.Add(item, path, $"'{text}' is not a day.", Suggestion.Fix(text, Days));
        }

        if (from == TimeSpan.FromDays(1)) map.Errors.Add(map.Find("from")!, map.Path("from"), "A window cannot begin at 24:00.", "Write 00:00 and the next day.");
        return days.Count > 0 && from is { } begin && until is { } end ? new WeeklyFreeze(reason, days, begin, end, zone) : null;
    }

    private static TimeSpan? ReadTime(MapReader map, string key, TimeSpan fallback)
    {
        if (map.Find(key) is null) return fallback;
        return map.Text(key, text => LocalTime.ParseTime(text) is null ? new($"'{text}' is not a time of day.", "Write it like \"16:00\".") : null) is { } time
            ? LocalTime.ParseTime(time)
            : null;
    }

    private static DatedFreeze? ReadDated(MapReader map, string reason, TimeZoneInfo zone)
    {
        var (first, end) = (ReadDate(map, "from", zone), ReadDate(map, "until", zone));
        if (first is not { } from || end is not { } until) return null;
        if (from < until) return new DatedFreeze(reason, from, until);
        map.Errors.Add(map.Find("until")!, map.Path("until"), "The window ends before it begins.", "Put 'from' before 'until'.");
        return null;
    }

    private static DateTimeOffset? ReadDate(MapReader map, string key, TimeZoneInfo zone)
    {
        var text = map.RequiredText(key, $"Add '{key}: 2030-12-20T18:00', or 'days: [fri, sat, sun]' for a window each week.", Date);
        return text.Length == 0 ? null : LocalTime.ParseDate(text, zone, late: key == "until");

        Flaw? Date(string value) =>
            LocalTime.ParseDate(value, zone, late: false) is not null ? null
            : LocalTime.ParseTime(value) is not null ? new($"'{value}' has no date.", "Write it like 2030-12-20T18:00, or add 'days: [fri, sat, sun]' for a window each week.")
            : new($"'{value}' is not a date with a time.", "Write it like 2030-12-20T18:00 or 2030-12-20T18:00+01:00.");
    }
}
