using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Web.Logs;

/// <summary>The logs that somebody looks at: one for each rollout or build, however many look.</summary>
public sealed class LiveLogs(EventReader events)
{
    private readonly Dictionary<string, LiveLog> _open = new(StringComparer.Ordinal);

    /// <summary>Opens a log; close it with <see cref="Close"/>.</summary>
    public LiveLog Open(LogSource source)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(source.Path, out var log)) _open.Add(source.Path, log = new LiveLog(events, source));
            log.Watchers++;
            return log;
        }
    }

    /// <summary>Ends looking at a log; the last one to leave frees it.</summary>
    public void Close(LogSource source)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(source.Path, out var log) || --log.Watchers > 0) return;
            _open.Remove(source.Path);
            log.Dispose();
        }
    }
}
