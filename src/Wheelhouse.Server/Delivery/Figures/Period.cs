using System.Globalization;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Delivery.Figures;

/// <summary>A time and the buckets that it is divided into.</summary>
/// <param name="From">The beginning, inclusive.</param>
/// <param name="To">The end, exclusive.</param>
/// <param name="Bucket">One of <see cref="DeliveryBuckets"/>.</param>
internal sealed record Period(DateTimeOffset From, DateTimeOffset To, string Bucket)
{
    private const int MostBuckets = 1000;
    private const int UsualDays = 90;
    private const int MostDaysByDay = 35;
    private const int MostDaysByWeek = 400;
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads what a request says.</summary>
    /// <exception cref="ApiException">400, naming the parameter.</exception>
    public static Period Parse(string? from, string? to, string? bucket, DateTimeOffset now)
    {
        if (bucket is not null && !DeliveryBuckets.All.Contains(bucket))
            throw Invalid($"bucket is '{bucket}'.", $"Ask for {string.Join(", ", DeliveryBuckets.All)}.");
        var end = Moment("to", to) ?? now;
        var begin = Moment("from", from);
        if (begin >= end) throw Invalid($"from ({begin:yyyy-MM-dd HH:mm}) is not before to ({end:yyyy-MM-dd HH:mm}).", "Exchange them, or leave one out.");
        var unit = bucket ?? Suiting(begin is { } known ? (end - known).TotalDays : UsualDays);
        var period = new Period(begin ?? Floor(end.AddDays(-UsualDays), unit), end, unit);
        return period.Buckets.Take(MostBuckets + 1).Count() <= MostBuckets
            ? period
            : throw Invalid($"The range has more than {MostBuckets} buckets.", "Ask for a shorter range or longer buckets.");
    }

    /// <summary>The last days, by whole buckets.</summary>
    public static Period LastDays(int days, DateTimeOffset now)
    {
        var unit = Suiting(days);
        return new Period(Floor(now.AddDays(-(days - 1)), unit), now, unit);
    }

    /// <summary>How much of it has passed.</summary>
    public TimeSpan Passed(DateTimeOffset now) => Length(From, To, now);

    /// <summary>Its buckets in order; the first and the last one may be cut.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Buckets
    {
        get
        {
            for (var at = From; at < To;)
            {
                var next = Next(Floor(at, Bucket));
                yield return (at, next < To ? next : To);
                at = next;
            }
        }
    }

    /// <summary>How much of a time has passed.</summary>
    public static TimeSpan Length(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => (to < now ? to : now) - from;

    private static string Suiting(double days) => days switch
    {
        <= MostDaysByDay => DeliveryBuckets.Day,
        <= MostDaysByWeek => DeliveryBuckets.Week,
        _ => DeliveryBuckets.Month,
    };

    private static DateTimeOffset Floor(DateTimeOffset at, string bucket)
    {
        var day = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
        return bucket switch
        {
            DeliveryBuckets.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), // Monday is the first day (ISO 8601)
            DeliveryBuckets.Month => day.AddDays(1 - day.Day),
            _ => day,
        };
    }

    private DateTimeOffset Next(DateTimeOffset begin) => Bucket switch
    {
        DeliveryBuckets.Week => begin.AddDays(7),
        DeliveryBuckets.Month => begin.AddMonths(1),
        _ => begin.AddDays(1),
    };

    private static DateTimeOffset? Moment(string name, string? text)
    {
        if (text is null) return null;
        // Further away the calendar would end.
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) && moment.Year is >= 1970 and < 2200)
            return moment;
        throw Invalid($"{name} is '{text}'.", "Write a date or a moment between 1970 and 2199, such as 2030-12-24 or 2030-12-24T18:00:00Z.");
    }

    private static ApiException Invalid(string message, string fix) => new(400, ProblemCodes.InvalidRequest, message, fix);
}
