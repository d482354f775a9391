using System.Text.Json;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>
/// Runs one command to its end: opens the session, sends the request, records what it prints, and sends the same step again when
/// the session is lost, as often as the command allows.
/// </summary>
internal sealed class CommandRunner(NodeLine line, StagingSlots staging, EventLog events, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>Runs it. Expected failures are reports.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Asks the node to end it; the report says what became of it.</param>
    /// <param name="withdrawn">Ends it while it waits for a staging slot, and has no effect once it has one.</param>
    public async Task<NodeReport> RunAsync(NodeCommand command, CancellationToken cancellationToken, CancellationToken withdrawn)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, line.Shut);
        var secrets = SecretMask.Of(command.ArgsJson);
        await using var log = new NodeLog(events, command, time, logger);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return NodeReport.Succeeded(secrets.Hide(await TryAsync(command, log, secrets, ending.Token, cancellationToken, withdrawn)));
            }
            catch (NodeConnectException e) when (e.MayPass && attempt < command.ConnectRetries && !ending.IsCancellationRequested)
            {
                var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), LongestWait.TotalSeconds));
                logger.LogWarning("{Command}: {Code}, trying again in {Wait}: {Reason}", command, e.Code, wait, e.Message);
                log.Add($"{e.Message} Trying again in {wait.TotalSeconds:0} s.");
                await Task.WhenAny(Task.Delay(wait, time, ending.Token));
            }
            catch (NodeException e)
            {
                return NodeReport.Failed(new NodeFault(e.Code, secrets.Hide(e.Message), e.Fix is null ? null : secrets.Hide(e.Fix)));
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return NodeReport.Failed(new NodeFault("cancelled", attempt == 0
                    ? $"It was cancelled before the node {command.Node.Name} was asked to do anything."
                    : $"It was cancelled while the node {command.Node.Name} was out of reach; what it was doing ends by itself within 30 s.", Fix: null));
            }
            catch (OperationCanceledException) when (withdrawn.IsCancellationRequested)
            {
                return NodeReport.Failed(new NodeFault("cancelled", $"It was taken back while it waited for its turn on the node {command.Node.Name}.", Fix: null));
            }
            catch (JsonException e)
            {
                return NodeReport.Failed(new NodeFault("invalid_request", $"The arguments of {command} are not JSON (line {e.LineNumber}).", Fix: null));
            }
        }
    }

    private async Task<IDisposable> TakeSlotAsync(NodeCommand command, CancellationToken ending, CancellationToken withdrawn)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ending, withdrawn);
        return await staging.TakeAsync(command.Node, leaving.Token);
    }

    private async Task<string> TryAsync(
        NodeCommand command, NodeLog log, SecretMask secrets, CancellationToken ending, CancellationToken cancellationToken, CancellationToken withdrawn)
    {
        using var slot = command.Op == "stage" ? await TakeSlotAsync(command, ending, withdrawn) : null;
        using var args = JsonDocument.Parse(command.ArgsJson);
        var session = await line.OpenAsync(command.Node, command.Home, command.ConnectWithin, ending);
        var request = new NodeRequest(command.Op, command.Step, command.Epoch, args.RootElement);
        try
        {
            // Only a person's cancellation is passed on to the node, not the end of this server.
            var result = await session.RequestAsync(request, progress => log.Add(secrets.Hide(progress.Line)), cancellationToken);
            return result.GetRawText();
        }
        finally
        {
            line.Touch();
        }
    }
}
