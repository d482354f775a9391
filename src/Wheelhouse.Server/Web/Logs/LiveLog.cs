using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Web.Logs;

/// <summary>A log as lines, read once and kept up to date for all who look at it. Use it through <see cref="LiveLogs"/>.</summary>
public sealed class LiveLog : IDisposable
{
    /// <summary>How many lines are kept at most: the newest ones, since a log is read from its end.</summary>
    internal const int MostLines = 200_000;

    private readonly EventReader _events;
    private readonly EventFilter _filter;
    private readonly LogLines _reader = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogLine[] _lines = new LogLine[256];
    private int _count;

    internal LiveLog(EventReader events, LogSource source)
    {
        (_events, _filter) = (events, source.Filter);
        Work = FollowAsync();
    }

    /// <summary>Raised when there are more lines, on any thread.</summary>
    public event Action? Grown;

    /// <summary>Ends when all that stood in the log was read for the first time.</summary>
    public Task Read => _read.Task;

    /// <summary>How many of the oldest lines are not kept.</summary>
    public int LeftOut { get; private set; }

    internal Task Work { get; }

    internal int Watchers { get; set; }

    /// <summary>The lines so far, in order; later ones do not join what is returned.</summary>
    /// <param name="part">Only those of this part; null means all.</param>
    /// <param name="text">Only those that contain this, in any case; null or empty means all.</param>
    public ICollection<LogLine> Lines(string? part, string? text)
    {
        ArraySegment<LogLine> all;
        lock (_lock) all = new ArraySegment<LogLine>(_lines, 0, _count);
        if (part is null && string.IsNullOrEmpty(text)) return all;
        return [.. all.Where(line => (part is null || line.Part == part)
            && (string.IsNullOrEmpty(text) || line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)))];
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
                Add(page.SelectMany(_reader.Of));
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

    private void Add(IEnumerable<LogLine> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                if (_count == _lines.Length) MakeRoom();
                _lines[_count++] = line;
            }
        }
    }

    /// <summary>Whoever has lines goes on with the array that they are in: what was written to it never changes.</summary>
    private void MakeRoom()
    {
        var kept = _count < MostLines ? _count : MostLines / 4 * 3;
        var next = new LogLine[Math.Min(MostLines, kept * 2)];
        Array.Copy(_lines, _count - kept, next, 0, kept);
        LeftOut += _count - kept;
        (_lines, _count) = (next, kept);
    }
}
