using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Events;

/// <summary>Tells followers of the log that there may be something new. It carries nothing: what is new is read from the database.</summary>
public sealed class EventSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventSignal(DatabaseWriter writer) => writer.Committed += Set;

    /// <summary>Ends at the next commit. Take it before reading, await it after nothing was read.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private void Set() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
