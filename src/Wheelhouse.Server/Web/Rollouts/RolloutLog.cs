using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Web.Rollouts;

/// <summary>The log of one rollout as lines, read once and kept up to date for all who look at it. Use it through <see cref="RolloutLogs"/>.</summary>
public sealed class RolloutLog : IDisposable
{
    private readonly EventReader _events;
    private readonly EventFilter _filter;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _lock = new();
    private readonly List<LogLine> _lines = [];
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RolloutLog(EventReader events, string rollout)
    {
        (_events, _filter) = (events, new EventFilter(Rollout: rollout));
        Work = FollowAsync();
    }

    /// <summary>Raised when there are more lines, on any thread.</summary>
    public event Action? Grown;

    /// <summary>Ends when all that stood in the log was read for the first time.</summary>
    public Task Read => _read.Task;

    internal Task Work { get; }

    internal int Watchers { get; set; }

    /// <summary>A copy of the lines so far, in order.</summary>
    /// <param name="node">Only those of this node; null means all.</param>
    /// <param name="text">Only those that contain this, in any case; null or empty means all.</param>
    public ICollection<LogLine> Lines(string? node, string? text)
    {
        lock (_lock)
        {
            if (node is null && string.IsNullOrEmpty(text)) return [.. _lines];
            return [.. _lines.Where(line => (node is null || line.Node == node)
                && (string.IsNullOrEmpty(text) || line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)))];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task FollowAsync()
    {
        try
        {
            var after = 0L;
            while (true)
            {
                var page = await _events.ReadAsync(_filter, after, _closed.Token);
                if (page.Count == 0)
                {
                    _read.TrySetResult();
                    await _events.WaitAsync(_filter, after, _ => true, _closed.Token);
                    continue;
                }

                after = page[^1].Id;
                lock (_lock) _lines.AddRange(page.SelectMany(ToLines));
                Grown?.Invoke();
            }
        }
        catch (OperationCanceledException)
        {
            _read.TrySetCanceled();
        }
        catch (Exception exception)
        {
            _read.TrySetException(exception);
            throw;
        }
    }

    /// <summary>The steps' beginnings and ends are for programs: what they mean for a person, the node's states say.</summary>
    private static IEnumerable<LogLine> ToLines(EventView view)
    {
        if (view.Type is EventTypes.StepStarted or EventTypes.StepEnded) return [];
        if (view.Type != EventTypes.NodeLog || view.Data is not { } data || !data.TryGetProperty("lines", out var lines))
            return [new LogLine($"{view.Id}", view.At, view.Node, IsOutput: false, view.Message)];
        return lines.EnumerateArray().Select((line, i) => new LogLine($"{view.Id}.{i}", view.At, view.Node, IsOutput: true, line.GetString() ?? ""));
    }
}
