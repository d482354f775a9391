using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Nodes;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>
/// Tells nodes that broke from nodes that left while a rollout ran, as those of an autoscaler do. Asks the inventory again, for all of a
/// rollout's nodes at most once in a while.
/// </summary>
internal sealed class Departures(NodeFinder finder, NodeQuery query, InventoryContext place, TimeProvider time)
{
    private static readonly TimeSpan AnswerHolds = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<IReadOnlySet<string>?>? _names;
    private long _askedAt;

    /// <summary>Whether a fault means that the node cannot be reached, and the inventory, asked again, names it no more.</summary>
    public async Task<bool> ExplainAsync(string node, NodeFault fault) =>
        fault.Code is NodeConnectException.Unreachable or NodeConnectException.TimedOut or NodeConnectException.ConnectionLost or NodeConnectException.NameUnknown
        && await NamesAsync() is { } names && !names.Contains(node);

    /// <summary>The names of the nodes that the inventory has now; null when it does not answer.</summary>
    public Task<IReadOnlySet<string>?> NamesAsync()
    {
        lock (_lock)
        {
            if (_names is null || time.GetElapsedTime(_askedAt) > AnswerHolds) (_names, _askedAt) = (AskAsync(), time.GetTimestamp());
            return _names;
        }
    }

    private async Task<IReadOnlySet<string>?> AskAsync()
    {
        try
        {
            return (await finder.FindAsync(query, place, CancellationToken.None)).Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        }
        catch (InventoryException)
        {
            return null; // kept by the finder, and shown with the environment's nodes
        }
    }
}
