using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Writes what a build prints: several lines in one event, and none later than a moment after it was printed.</summary>
internal sealed class BuildLog(BuildJournal journal, TimeProvider time)
{
    /// <summary>How many lines one event has at most.</summary>
    private const int MostLines = 200;

    /// <summary>How many characters one event has, about.</summary>
    private const int MostCharacters = 64 * 1024;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private List<string> _lines = [];
    private int _characters;
    private Task _later = Task.CompletedTask;
    private TaskCompletionSource _atOnce = new();

    /// <summary>Takes lines; when there are many, waits until they are written.</summary>
    /// <exception cref="BuildFencedException">Lines taken before could not be written.</exception>
    public async Task AddAsync(IEnumerable<string> lines)
    {
        if (_later.IsCompleted) await _later;
        foreach (var line in lines)
        {
            if (Add(line)) await WriteAsync();
        }

        lock (_lock)
        {
            if (_lines.Count == 0 || !_later.IsCompleted) return;
            _atOnce = new TaskCompletionSource();
            _later = WriteLaterAsync(_atOnce.Task);
        }
    }

    /// <summary>Writes what was taken and not written yet.</summary>
    public async Task FlushAsync()
    {
        await WriteAsync();
        _atOnce.TrySetResult();
        await _later;
    }

    /// <returns>Whether there are enough for an event.</returns>
    private bool Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            _characters += line.Length;
            return _lines.Count >= MostLines || _characters >= MostCharacters;
        }
    }

    private async Task WriteLaterAsync(Task atOnce)
    {
        await atOnce.WaitAsync(Delay, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await WriteAsync();
    }

    private Task WriteAsync()
    {
        lock (_lock)
        {
            if (_lines.Count == 0) return Task.CompletedTask;
            var lines = _lines;
            (_lines, _characters) = ([], 0);
            return journal.RecordAsync(journal.Row.Event(EventTypes.BuildLog, lines.Count == 1 ? "A line of output" : $"{lines.Count} lines of output", new { lines }));
        }
    }
}
