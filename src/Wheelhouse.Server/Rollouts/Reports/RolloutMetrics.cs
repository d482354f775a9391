using System.Diagnostics.Metrics;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>Counts rollouts when they end. Plans that were asked for without a rollout are none.</summary>
internal sealed class RolloutMetrics
{
    /// <summary>The name of the meter of everything about rollouts.</summary>
    public const string MeterName = "Wheelhouse.Rollouts";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _phases;

    public RolloutMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _ended = meter.CreateCounter<long>("wheelhouse.rollouts.ended", unit: null, "Rollouts that ended on this server since it started.");
        _duration = meter.CreateHistogram("wheelhouse.rollouts.duration", "s", "How long rollouts took from their beginning to their end, pauses included.", tags: null, Seconds);
        _phases = meter.CreateHistogram("wheelhouse.rollouts.phase.duration", "s", "How long the phases of rollouts took; queue and paused are phases here.", tags: null, Seconds);
    }

    /// <summary>Whether anybody collects metrics.</summary>
    public bool IsWanted => _ended.Enabled;

    /// <summary>Counts one that ended.</summary>
    public void Count(RolloutRecord rollout)
    {
        var row = rollout.Row;
        _ended.Add(1, new("service", row.Service), new("environment", row.Environment), new("result", row.State));
        if (row.StartedAt is { } begun) _duration.Record((row.EndedAt!.Value - begun).TotalSeconds, new("kind", row.Kind), new("result", row.State));
        foreach (var phase in rollout.Phases) _phases.Record(phase.Duration.TotalSeconds, new KeyValuePair<string, object?>("phase", phase.Name));
    }
}
