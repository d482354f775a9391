using System.Globalization;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Server.Web.Delivery;

/// <summary>Delivery figures as people say them.</summary>
internal static class DeliveryText
{
    /// <summary>For what cannot be said.</summary>
    public const string None = "–";

    private const double DaysOfMonth = 365.25 / 12;

    /// <summary>How long something took: <c>40 s</c>, <c>12 min</c>, <c>3.5 h</c>, <c>5.2 days</c>.</summary>
    public static string Span(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalSeconds: < 59.5 } span => Text($"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 59.5 } span => Text($"{span.TotalMinutes:0} min"),
        { TotalHours: < 47.95 } span => Text($"{span.TotalHours:0.#} h"),
        var span => Text($"{span.TotalDays:0.#} days"),
    };

    /// <summary>The median of a spread.</summary>
    public static string Median(Spread? spread) => spread is null ? None : Span(spread.Median);

    /// <summary>How often: <c>3.2 a day</c>, <c>2.1 a week</c>, <c>1.5 a month</c>.</summary>
    public static string Frequency(DeliveryFigures figures) => figures switch
    {
        { Deployments: 0 } => None,
        { DeploymentsPerDay: >= 1 } => Text($"{figures.DeploymentsPerDay:0.#} a day"),
        { DeploymentsPerDay: >= 1.0 / 7 } => Text($"{figures.DeploymentsPerDay * 7:0.#} a week"),
        _ => Text($"{figures.DeploymentsPerDay * DaysOfMonth:0.#} a month"),
    };

    /// <summary>A share in percent.</summary>
    public static string Percent(double? share) => share is null ? None : Text($"{share * 100:0.#} %");

    /// <summary>A number with its noun.</summary>
    public static string Count(int count, string noun) => Text($"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The name of a bucket: its day, the day it begins, or its month.</summary>
    public static string Bucket(DeliveryBucket bucket, string length) =>
        bucket.From.UtcDateTime.ToString(length == DeliveryBuckets.Month ? "MMM yyyy" : "d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
