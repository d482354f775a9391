using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Follows a build to its end: its steps and everything it prints.</summary>
/// <param name="context">The command that follows.</param>
/// <param name="options">How to follow.</param>
internal sealed class BuildFollower(CommandContext context, FollowOptions options)
{
    private long _last;

    /// <summary>Follows until the build ends, or a signal ends the following.</summary>
    /// <returns>The exit code that tells how it ended.</returns>
    public async Task<int> FollowAsync(BuildView build)
    {
        var signals = context.Host.Interrupts;
        try
        {
            var end = await WatchAsync(build.Id);
            if (context.Json) context.Output.WriteJsonLine(end);
            else BuildSummary.Write(end, context.Output);
            return BuildSummary.ExitCodeOf(end.State);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
        {
            context.Output.Remark($"""

                The build goes on without this command.
                  follow it:  wheelhouse builds follow {build.Id}
                  cancel it:  wheelhouse builds cancel {build.Id}
                """);
            return signals.ExitCode;
        }
        catch (EventStreamLostException lost)
        {
            throw new CliException(
                ExitCodes.Error, $"The server stayed away for {Times.Span(options.ReconnectFor)}: {lost.Message}.", $"The build goes on once the server is back: wheelhouse builds follow {build.Id}");
        }
    }

    private async Task<BuildView> WatchAsync(string id)
    {
        var signals = context.Host.Interrupts;
        try
        {
            return await WatchAsync(id, signals.First);
        }
        catch (OperationCanceledException) when (signals.First.IsCancellationRequested && options.CancelOnInterrupt)
        {
            context.Output.Remark("Cancelling; press Ctrl-C again to leave it to itself");
            await CancelAsync(id, signals.Second);
            return await WatchAsync(id, signals.Second);
        }
    }

    private async Task<BuildView> WatchAsync(string id, CancellationToken token)
    {
        var streaming = new EventStreamOptions
        {
            ReconnectFor = options.ReconnectFor,
            OnLost = why => context.Output.Remark($"Connection lost ({why}); reconnecting, the build goes on"),
            Time = context.Host.Time,
        };
        await foreach (var happened in context.Client.FollowBuildAsync(id, _last, streaming, token))
        {
            _last = happened.Id;
            Show(happened);
        }

        return await Patience.AskAsync(() => context.Client.GetBuildAsync(id, token), options.ReconnectFor, context.Host.Time, token);
    }

    private void Show(EventView happened)
    {
        if (context.Json) context.Output.WriteJsonLine(happened);
        else if (happened.Type == EventTypes.BuildLog) foreach (var line in EventLine.Printed(happened)) context.Output.Line($"  {line}");
        else if (happened.Type != EventTypes.BuildEnded) context.Output.Line(EventLine.Of(happened, context.Output.Times));
    }

    /// <summary>Ends the build, unless it ended by itself in this moment.</summary>
    private async Task CancelAsync(string id, CancellationToken token)
    {
        try
        {
            await Patience.AskAsync(() => context.Client.CancelBuildAsync(id, token), options.ReconnectFor, context.Host.Time, token);
        }
        catch (WheelhouseApiException error) when (error.Problem.Status == 409)
        {
            context.Output.Remark(error.Message);
        }
    }
}
