using System.Globalization;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Web.Components;

/// <summary>Times as people say them.</summary>
internal static class Times
{
    /// <summary>How long ago: <c>just now</c>, <c>40 s ago</c>, <c>5 min ago</c>, <c>3 h ago</c>, <c>12 days ago</c>.</summary>
    public static string Ago(TimeSpan passed) => passed switch
    {
        { TotalSeconds: < 5 } => "just now",
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(passed.TotalSeconds / 5) * 5:0} s ago"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(passed.TotalMinutes):0} min ago"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(passed.TotalHours):0} h ago"),
        { TotalDays: < 2 } => "yesterday",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(passed.TotalDays):0} days ago"),
    };

    /// <summary>How long until then: <c>in a minute</c>, <c>in 5 min</c>, <c>in 3 h</c>, <c>in 12 days</c>.</summary>
    public static string In(TimeSpan left) => left switch
    {
        { TotalSeconds: <= 60 } => "in a minute",
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(left.TotalMinutes):0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"in {Math.Round(left.TotalHours):0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in {Math.Round(left.TotalDays):0} days"),
    };

    /// <summary>How long ago, or how long until then.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) => at > now ? In(at - now) : Ago(now - at);

    /// <summary>How long something has taken so far, in whole seconds as a clock shows them: <c>7 s</c>, <c>3 min 5 s</c>.</summary>
    public static string WholeLength(TimeSpan length) =>
        length.TotalSeconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Floor(length.TotalSeconds)):0} s") : Length(length);

    /// <summary>How long something takes: <c>0.7 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Length(TimeSpan length) => Duration.Describe(length);
}
