namespace Wheelhouse.Server.Services.Document;

/// <summary>
/// A freeze that happens each week: on each of its days from a time until another, which is of the next day when it is not later. Windows that
/// touch or overlap are one.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Days">The days on which a window begins.</param>
/// <param name="From">When it begins, on the clocks of the zone.</param>
/// <param name="Until">When it ends, up to 24 hours.</param>
/// <param name="Zone">The zone.</param>
public sealed record WeeklyFreeze(string Reason, IReadOnlySet<DayOfWeek> Days, TimeSpan From, TimeSpan Until, TimeZoneInfo Zone) : FreezeDocument(Reason)
{
    /// <summary>Windows that still touch one another after so many days do so for ever.</summary>
    private const int LongestRun = 8;

    /// <inheritdoc/>
    public override FreezePeriod? Find(DateTimeOffset now)
    {
        // A window may have begun on the day before; a zone that jumps over a whole day makes that two.
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        var windows = Enumerable.Range(-LongestRun - 2, 2 * LongestRun + 4).Select(today.AddDays).Where(day => Days.Contains(day.DayOfWeek)).Select(On).ToList();
        if (windows.FindIndex(window => window.From <= now && now < window.Until) is var here && here < 0) return null;
        var (first, last) = (here, here);
        while (first > 0 && windows[first - 1].Until >= windows[first].From) first--;
        while (last < windows.Count - 1 && windows[last].Until >= windows[last + 1].From) last++;
        return new FreezePeriod(windows[first].From, last == windows.Count - 1 ? null : windows[last].Until);
    }

    private (DateTimeOffset From, DateTimeOffset Until) On(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return (LocalTime.ToInstant(midnight + From, Zone, late: false), LocalTime.ToInstant(midnight.AddDays(Until <= From ? 1 : 0) + Until, Zone, late: true));
    }
}
