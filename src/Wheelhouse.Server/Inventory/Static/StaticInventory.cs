namespace Wheelhouse.Server.Inventory.Static;

/// <summary>The nodes are listed in the service document.</summary>
public sealed class StaticInventory : IInventoryProvider
{
    /// <inheritdoc/>
    public string Name => "static";

    /// <inheritdoc/>
    public Type OptionsType => typeof(StaticOptions);

    /// <inheritdoc/>
    public Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new InventoryResult([.. ((StaticOptions)options).Nodes.Select(node => node.ToNode())]));
}
