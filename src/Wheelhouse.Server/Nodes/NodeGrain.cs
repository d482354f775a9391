using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Nodes.Commands;
using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Server.Nodes;

/// <summary>See <see cref="INodeGrain"/>. Calls interleave, each turn alone; commands run between calls and are kept until they are old.</summary>
[Reentrant]
internal sealed class NodeGrain(
    NodeSessionFactory sessions, StagingSlots staging, EventLog events, IOptions<NodeOptions> options, TimeProvider time, ILogger<NodeGrain> logger)
    : Grain, INodeGrain, IDisposable
{
    /// <summary>How long a call waits for a command's end: half of Orleans' limit of 30 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How many commands are remembered.</summary>
    private const int Kept = 32;

    private readonly OrderedDictionary<string, RunningCommand> _commands = new(StringComparer.Ordinal);
    private readonly NodeLine _line = new(sessions, time);
    private CommandRunner? _runner;

    private CommandRunner Runner => _runner ??= new CommandRunner(_line, staging, events, time, logger);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.IdleAfter / 4;
        this.RegisterGrainTimer(CloseWhenIdleAsync, new GrainTimerCreationOptions(period, period) { Interleave = true });
        return base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _line.ShutAsync();
        await Task.WhenAll(_commands.Values.Select(command => command.Report));
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<NodeReport> Advance(NodeCommand command)
    {
        if (!_commands.TryGetValue(command.Id, out var running))
        {
            running = new RunningCommand();
            _commands.Add(command.Id, running);
            Forget();
            running.Begin((cancelled, withdrawn) => Runner.RunAsync(command, cancelled, withdrawn));
        }

        using var enough = new CancellationTokenSource();
        await Task.WhenAny(running.Report, Task.Delay(Patience, time, enough.Token));
        await enough.CancelAsync();
        return running.Report.IsCompleted ? await running.Report : NodeReport.Running;
    }

    public Task Cancel(string commandId) => _commands.TryGetValue(commandId, out var running) ? running.CancelAsync() : Task.CompletedTask;

    public Task Withdraw(string commandId) => _commands.TryGetValue(commandId, out var running) ? running.WithdrawAsync() : Task.CompletedTask;

    public Task Close() => Busy ? Task.CompletedTask : _line.CloseAsync();

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _line.Dispose();
    }

    private bool Busy => _commands.Values.Any(command => !command.Report.IsCompleted);

    private Task CloseWhenIdleAsync(CancellationToken cancellationToken) =>
        Busy || _line.IdleFor < options.Value.IdleAfter ? Task.CompletedTask : _line.CloseAsync();

    private void Forget()
    {
        while (_commands.Count > Kept && _commands.FirstOrDefault(entry => entry.Value.Report.IsCompleted) is { Key: not null } oldest)
        {
            _commands.Remove(oldest.Key);
            oldest.Value.Dispose();
        }
    }
}
