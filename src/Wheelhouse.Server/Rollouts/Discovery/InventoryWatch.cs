using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>Keeps what is known of one environment's nodes up to date, tells of changes, and has new nodes converged where the document asks for it.</summary>
internal sealed class InventoryWatch(
    NodeFinder finder, InventoryAnswers answers, NewNodes newNodes, EventLog log, InventoryOptions options, TimeProvider time, ILogger<InventoryWatch> logger)
{
    /// <summary>A source that changes all the time is asked so often at most.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);

    /// <summary>Asks again and again until cancelled.</summary>
    public async Task RunAsync(InventoryContext place, EnvironmentDocument environment, CancellationToken cancellationToken)
    {
        while (true)
        {
            var watchable = await AskAsync(place, environment, cancellationToken);
            await Task.Delay(LeastPause, time, cancellationToken);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var waits = watchable.Select(part => WaitAsync((IWatchableInventory)part.Query.Provider, part.Query.Options, place, part.Version!, either.Token));
            await Task.WhenAny([Task.Delay(options.Refresh, time, either.Token), .. waits]);
            await either.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <returns>The answers of inventories that can be watched.</returns>
    private async Task<IReadOnlyList<FoundPart>> AskAsync(InventoryContext place, EnvironmentDocument environment, CancellationToken cancellationToken)
    {
        var before = await answers.FindAsync(place, environment.Nodes, cancellationToken);
        try
        {
            var found = await finder.FindAsync(environment.Nodes, place, cancellationToken);
            var change = NodeChange.Between(before?.Nodes ?? [], found.Nodes);
            if (!change.IsNone || before?.Problem is not null)
            {
                var message = change.IsNone ? "The inventory answers again" : $"The inventory changed: {change}";
                await TellAsync(place, EventTypes.InventoryChanged, message, new { change.New, change.Gone }, cancellationToken);
            }

            if (environment.ConvergeNewNodes) await newNodes.ConvergeAsync(place, environment, cancellationToken);
            return [.. found.Parts.Where(part => part is { Version: not null, Query.Provider: IWatchableInventory })];
        }
        catch (InventoryException problem)
        {
            if (before?.Problem?.Message != problem.Message)
                await TellAsync(place, EventTypes.InventoryFailed, $"The inventory does not answer: {problem.Message}", new { problem.Message, problem.Fix }, cancellationToken);
            return [];
        }
    }

    private async Task WaitAsync(IWatchableInventory inventory, object query, InventoryContext place, string version, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.WaitForChangeAsync(query, place, version, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Asking, at the next refresh, will say what is wrong.
            logger.LogDebug(exception, "The inventory {Inventory} of {Service} in {Environment} cannot be watched now", inventory.Name, place.Service, place.Environment);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
    }

    private Task TellAsync(InventoryContext place, string type, string message, object data, CancellationToken cancellationToken) => log.AppendAsync(
        new NewEvent(type, message) { Service = place.Service, Environment = place.Environment, Data = data }, cancellationToken);
}
