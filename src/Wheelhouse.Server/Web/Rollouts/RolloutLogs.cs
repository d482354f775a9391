using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Web.Rollouts;

/// <summary>The logs that somebody looks at: one for each rollout, however many look.</summary>
public sealed class RolloutLogs(EventReader events)
{
    private readonly Dictionary<string, RolloutLog> _open = new(StringComparer.Ordinal);

    /// <summary>Opens a log; close it with <see cref="Close"/>.</summary>
    public RolloutLog Open(string rollout)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(rollout, out var log)) _open.Add(rollout, log = new RolloutLog(events, rollout));
            log.Watchers++;
            return log;
        }
    }

    /// <summary>Ends looking at a log; the last one to leave frees it.</summary>
    public void Close(string rollout)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(rollout, out var log) || --log.Watchers > 0) return;
            _open.Remove(rollout);
            log.Dispose();
        }
    }
}
