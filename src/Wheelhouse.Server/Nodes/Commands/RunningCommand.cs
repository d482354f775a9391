namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>A command that was begun, with its report when it ended.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>How it ended. Fails only for a bug.</summary>
    public Task<NodeReport> Report { get; private set; } = Task.FromResult(NodeReport.Running);

    /// <summary>Begins it; it goes on by itself.</summary>
    public void Begin(Func<CancellationToken, Task<NodeReport>> run) => Report = run(_cancel.Token);

    /// <summary>Asks it to end.</summary>
    public Task CancelAsync() => Report.IsCompleted ? Task.CompletedTask : _cancel.CancelAsync();

    public void Dispose() => _cancel.Dispose();
}
