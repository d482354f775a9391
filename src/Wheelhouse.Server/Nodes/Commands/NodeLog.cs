using System.Threading.Channels;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>
/// Records what a command prints in the event log, in order and in batches: at most one event every 200 ms or 500 lines. Disposing waits until
/// the last is durable. A command without a rollout records nothing.
/// </summary>
internal sealed class NodeLog : IAsyncDisposable
{
    private const int MostLines = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly EventLog _events;
    private readonly NodeCommand _command;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _writing;

    public NodeLog(EventLog events, NodeCommand command, TimeProvider time, ILogger logger)
    {
        _events = events;
        _command = command;
        _time = time;
        _logger = logger;
        _writing = command.Rollout is null ? Task.CompletedTask : WriteAsync();
    }

    /// <summary>Adds a line; never waits.</summary>
    public void Add(string line)
    {
        if (_command.Rollout is not null) _lines.Writer.TryWrite(line);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _closing.CancelAsync();
        await _writing;
        _closing.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            await Task.WhenAny(Task.Delay(Interval, _time, _closing.Token));
            List<string> batch = [];
            while (batch.Count < MostLines && _lines.Reader.TryRead(out var line)) batch.Add(line);
            await AppendAsync(batch);
        }
    }

    private async Task AppendAsync(List<string> batch)
    {
        try
        {
            await _events.AppendAsync(new NewEvent(EventTypes.NodeLog, batch.Count == 1 ? batch[0] : $"{batch[0]} (and {batch.Count - 1} more lines)")
            {
                Service = _command.Home.Service,
                Environment = _command.Home.Environment,
                Rollout = _command.Rollout,
                Node = _command.Node.Name,
                Data = new { _command.Op, _command.Step, Lines = batch },
            });
        }
        catch (Exception e)
        {
            // The printed lines are worth less than the step that printed them, which goes on.
            _logger.LogError(e, "Could not record {Count} lines that {Command} printed", batch.Count, _command);
        }
    }
}
