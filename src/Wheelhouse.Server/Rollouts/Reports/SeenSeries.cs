using System.Diagnostics.Metrics;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>Tells 0 of what is not there any more: a series that was told once would keep its last number otherwise.</summary>
internal sealed class SeenSeries
{
    private readonly HashSet<Series> _seen = [];

    /// <summary>The numbers, and 0 for every series that had one before.</summary>
    public IReadOnlyList<Measurement<double>> With(IReadOnlyDictionary<Series, double> numbers)
    {
        lock (_seen)
        {
            _seen.UnionWith(numbers.Keys);
            return [.. _seen.Select(series => new Measurement<double>(numbers.GetValueOrDefault(series), TagsOf(series)))];
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf(Series series)
    {
        yield return new("service", series.Service);
        yield return new("environment", series.Environment);
        if (series.State is not null) yield return new("state", series.State);
    }
}
