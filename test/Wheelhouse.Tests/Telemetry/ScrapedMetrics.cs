namespace Wheelhouse.Tests.Telemetry;

/// <summary>An answer of <c>/metrics</c>, read.</summary>
/// <param name="Text">The answer.</param>
internal sealed record ScrapedMetrics(string Text)
{
    /// <summary>The names of all metrics, as their <c># TYPE</c> lines say them.</summary>
    public IReadOnlySet<string> Names { get; } = Text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[2]).ToHashSet(StringComparer.Ordinal);

    /// <summary>The value of a series; null when it is not there.</summary>
    /// <param name="series">Its name and labels, as they are written, such as <c>a_total{b="c"}</c>.</param>
    public double? this[string series] => Text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)) is { } line
        ? double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>Reads them as somebody who may.</summary>
    public static async Task<ScrapedMetrics> ReadAsync(HttpClient http, CancellationToken token) =>
        new(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), token));
}
