using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Wheelhouse.Server.Notifications;

/// <summary>The instruments of the meter <c>Wheelhouse.Notifications</c>.</summary>
public sealed class NotificationMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Wheelhouse.Notifications";

    private readonly ConcurrentDictionary<string, DateTimeOffset?> _heads = new(StringComparer.Ordinal);
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _dead;
    private readonly Histogram<double> _duration;

    /// <summary>Makes the instruments.</summary>
    public NotificationMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        _sent = meter.CreateCounter<long>("wheelhouse.notifications.sent", "{notification}", "Notifications that a receiver took");
        _failed = meter.CreateCounter<long>("wheelhouse.notifications.failed", "{attempt}", "Attempts to notify that failed");
        _dead = meter.CreateCounter<long>("wheelhouse.notifications.dead", "{notification}", "Notifications that were set aside");
        _duration = meter.CreateHistogram<double>("wheelhouse.notifications.attempt.duration", "s", "How long attempts to notify took");
        meter.CreateObservableGauge(
            "wheelhouse.notifications.lag",
            () => _heads.Select(head => new Measurement<double>(
                head.Value is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0, new KeyValuePair<string, object?>("channel", head.Key))),
            "s", "How long ago the event happened that a channel has yet to tell; 0 when it has told all");
    }

    /// <summary>A channel begins to tell: its counters begin with 0, since an increase from nothing is none to Prometheus.</summary>
    internal void Begin(string channel)
    {
        foreach (var counter in (Counter<long>[])[_sent, _failed, _dead]) counter.Add(0, Tag(channel));
    }

    /// <summary>An attempt ended.</summary>
    internal void Attempted(string channel, TimeSpan took, bool sent)
    {
        (sent ? _sent : _failed).Add(1, Tag(channel));
        _duration.Record(took.TotalSeconds, Tag(channel));
    }

    /// <summary>A notification was set aside.</summary>
    internal void SetAside(string channel) => _dead.Add(1, Tag(channel));

    /// <summary>What a channel has yet to tell.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="since">When the oldest event happened that waits; null when none does.</param>
    internal void SetHead(string channel, DateTimeOffset? since) => _heads[channel] = since;

    /// <summary>A channel was deleted.</summary>
    internal void Forget(string channel) => _heads.TryRemove(channel, out _);

    private static KeyValuePair<string, object?> Tag(string channel) => new("channel", channel);
}
