using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Following;

/// <summary>Follows a rollout to its end, shows it on the way and a summary at the end.</summary>
/// <param name="context">The command that follows.</param>
/// <param name="options">How to follow.</param>
internal sealed class RolloutFollower(CommandContext context, FollowOptions options)
{
    private long _last;

    /// <summary>Follows until the rollout ends or pauses, or a signal ends the following.</summary>
    /// <returns>The exit code that tells how it ended.</returns>
    public async Task<int> FollowAsync(RolloutView rollout)
    {
        var signals = context.Host.Interrupts;
        var progress = new RolloutProgress(rollout);
        try
        {
            RolloutView end;
            await using (var display = OpenDisplay(progress))
            {
                end = await WatchAsync(progress, display);
            }
            Conclude(end);
            return ExitCodes.Of(end.State);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            Detach(rollout);
            return signals.ExitCode;
        }
        catch (EventStreamLostException lost)
        {
            throw new CliException(
                ExitCodes.Error,
                $"The server stayed away for {Times.Span(options.ReconnectFor)}: {lost.Message}.",
                $"The rollout goes on once the server is back: wheelhouse follow {rollout.Id}");
        }
    }

    private async Task<RolloutView> WatchAsync(RolloutProgress progress, IRolloutDisplay display)
    {
        var signals = context.Host.Interrupts;
        if (!options.CancelOnInterrupt) return await WatchAsync(progress, display, signals.First);
        try
        {
            return await WatchAsync(progress, display, signals.First);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            display.Notice("Cancelling; press Ctrl-C again to leave it to itself");
            await CancelAsync(progress.Rollout.Id, signals.Second);
            return await WatchAsync(progress, display, signals.Second);
        }
    }

    private async Task<RolloutView> WatchAsync(RolloutProgress progress, IRolloutDisplay display, CancellationToken token)
    {
        var id = progress.Rollout.Id;
        var streaming = new EventStreamOptions
        {
            ReconnectFor = options.ReconnectFor,
            OnLost = why => display.Notice($"Connection lost ({why}); reconnecting, the rollout goes on"),
            OnRestored = () => display.Notice(null),
            Time = context.Host.Time,
        };
        await foreach (var happened in context.Client.FollowEventsAsync(new EventQuery(Rollout: id, After: _last), streaming, token))
        {
            _last = happened.Id;
            progress.Apply(happened);
            if (happened.Type is EventTypes.RolloutPhase or EventTypes.RolloutBatch && progress.Rollout.Plan is null)
            {
                progress.Learn(await ReadAsync(id, token));
            }
            if (happened.Id <= options.SeenUntil) continue;
            display.Show(progress, happened);
            if (happened.Type == EventTypes.RolloutPaused && await ReadAsync(id, token) is { State: RolloutStates.Paused } paused) return paused;
        }
        return await ReadAsync(id, token);
    }

    /// <summary>Ends the rollout, unless it ended by itself in this moment.</summary>
    private async Task CancelAsync(string id, CancellationToken token)
    {
        try
        {
            await Patience.AskAsync(() => context.Client.CancelAsync(id, token), options.ReconnectFor, context.Host.Time, token);
        }
        catch (WheelhouseApiException error) when (error.Problem.Status == 409)
        {
            context.Output.Remark(error.Message);
        }
    }

    private Task<RolloutView> ReadAsync(string id, CancellationToken token) =>
        Patience.AskAsync(() => context.Client.GetRolloutAsync(id, token), options.ReconnectFor, context.Host.Time, token);

    private IRolloutDisplay OpenDisplay(RolloutProgress progress)
    {
        if (context.Json) return new JsonDisplay(context.Output);
        return context.Host.IsTerminal
            ? new LiveDisplay(context.Output.Console, context.Host.Time, progress)
            : new PlainDisplay(context.Output);
    }

    private void Conclude(RolloutView end)
    {
        if (context.Json) context.Output.WriteJsonLine(end);
        else RolloutSummary.Write(end, context.Output);
    }

    private void Detach(RolloutView rollout)
    {
        context.Output.Remark($"""

            The rollout goes on without this command.
              follow it:  wheelhouse follow {rollout.Id}
              cancel it:  wheelhouse cancel {rollout.Id}
            """);
    }
}
