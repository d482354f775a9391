using System.Globalization;

namespace Wheelhouse.Python.SimpleApi;

/// <summary>The media types of the simple API and the choice between them (PEP 691, "Version + format selection").</summary>
public static class SimpleMediaTypes
{
    /// <summary>The version of the API that the writers write.</summary>
    public const string ApiVersion = "1.4";

    /// <summary>The JSON form.</summary>
    public const string Json = "application/vnd.pypi.simple.v1+json";

    /// <summary>The HTML form by its versioned name.</summary>
    public const string Html = "application/vnd.pypi.simple.v1+html";

    /// <summary>The HTML form by its common name; the default.</summary>
    public const string PlainHtml = "text/html";

    // In the order that wins between equal weights.
    private static readonly (string Asked, string Answer)[] Offers =
    [
        (Json, Json), ("application/vnd.pypi.simple.latest+json", Json),
        (Html, Html), ("application/vnd.pypi.simple.latest+html", Html), (PlainHtml, PlainHtml),
    ];

    /// <summary>
    /// The type to answer with: the one of the highest weight, plain HTML when nothing or anything is asked for,
    /// and null when nothing that is asked for is offered (406).
    /// </summary>
    /// <param name="accept">The Accept header, or null. Parts that cannot be read are skipped.</param>
    public static string? Negotiate(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept))
            return PlainHtml;
        var ranges = accept.Split(',').Select(Read).ToList();
        string? best = null;
        var bestWeight = 0.0;
        foreach (var (asked, answer) in Offers)
        {
            var weight = WeightOf(asked, ranges);
            // A wildcard alone asks for nothing in particular: plain HTML, which every client reads.
            if (weight > bestWeight || (weight == bestWeight && weight > 0 && !IsNamed(best, ranges) && answer is PlainHtml))
                (best, bestWeight) = (answer, weight);
        }

        return best;
    }

    private static bool IsNamed(string? answer, List<(string Range, double Weight)> ranges) =>
        Offers.Any(o => string.Equals(o.Answer, answer, StringComparison.Ordinal)
            && ranges.Exists(r => string.Equals(r.Range, o.Asked, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The weight of the most specific range that covers a type (RFC 9110, 12.5.1).</summary>
    private static double WeightOf(string type, List<(string Range, double Weight)> ranges)
    {
        var family = type[..type.IndexOf('/', StringComparison.Ordinal)] + "/*";
        foreach (var covering in (string[])[type, family, "*/*"])
        {
            var index = ranges.FindIndex(r => string.Equals(r.Range, covering, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
                return ranges[index].Weight;
        }

        return 0;
    }

    private static (string Range, double Weight) Read(string part)
    {
        var pieces = part.Split(';', StringSplitOptions.TrimEntries);
        var quality = Array.Find(pieces, p => p.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        if (quality is null)
            return (pieces[0], 1);
        var isNumber = double.TryParse(quality.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight);
        return isNumber && weight is >= 0 and <= 1 ? (pieces[0], weight) : ("", 0);
    }
}
