using System.Globalization;

namespace Wheelhouse.Cli.Output;

/// <summary>Small pieces of English.</summary>
internal static class Words
{
    /// <summary>A number with its noun: <c>1 node</c>, <c>3 nodes</c>.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>Part of a whole: <c>2 of 3 nodes</c>.</summary>
    public static string Of(int part, int whole, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{part} of {Count(whole, noun)}");

    /// <summary>Names in a sentence, the first few of them: <c>app1, app2 and 14 more</c>.</summary>
    public static string Names(IReadOnlyCollection<string> names, int most = 6) =>
        names.Count <= most
            ? string.Join(", ", names)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(most - 1))} and {names.Count - most + 1} more");
}
