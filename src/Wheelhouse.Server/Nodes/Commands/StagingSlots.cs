using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.Commands;

/// <summary>Bounds how many services stage on one address at once, for staging is what loads a node's disk and processor.</summary>
public sealed class StagingSlots(IOptions<NodeOptions> options)
{
    private readonly ConcurrentDictionary<(string, int?), SemaphoreSlim> _slots = new();

    /// <summary>Waits for a slot; disposing the answer frees it.</summary>
    public async Task<IDisposable> TakeAsync(InventoryNode node, CancellationToken cancellationToken)
    {
        var slots = _slots.GetOrAdd((node.Address, node.Port), _ => new SemaphoreSlim(options.Value.StagingPerNode));
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
