namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>A command that was begun, with its report when it ended.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _withdraw = new();

    /// <summary>How it ended. Fails only for a bug.</summary>
    public Task<NodeReport> Report { get; private set; } = Task.FromResult(NodeReport.Running);

    /// <summary>Begins it, given the tokens that cancel it and that take it back while it waits; it goes on by itself.</summary>
    public void Begin(Func<CancellationToken, CancellationToken, Task<NodeReport>> run) => Report = run(_cancel.Token, _withdraw.Token);

    /// <summary>Asks it to end.</summary>
    public Task CancelAsync() => Report.IsCompleted ? Task.CompletedTask : _cancel.CancelAsync();

    /// <summary>Takes it back if it still waits for its turn.</summary>
    public Task WithdrawAsync() => Report.IsCompleted ? Task.CompletedTask : _withdraw.CancelAsync();

    public void Dispose()
    {
        _cancel.Dispose();
        _withdraw.Dispose();
    }
}
