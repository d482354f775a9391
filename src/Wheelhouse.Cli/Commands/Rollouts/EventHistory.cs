using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>Looks at what a rollout did so far.</summary>
internal static class EventHistory
{
    /// <summary>The id of the rollout's last event so far; 0 when there is none.</summary>
    public static async Task<long> LastAsync(CommandContext context, string rollout, CancellationToken token)
    {
        var last = 0L;
        await foreach (var happened in context.Client.ReadEventsAsync(new EventQuery(Rollout: rollout), token)) last = happened.Id;
        return last;
    }
}
