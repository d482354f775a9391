namespace Wheelhouse.Server.Inventory;

/// <summary>An inventory whose source says when it changed, so that the server learns of new nodes at once instead of at the next refresh.</summary>
public interface IWatchableInventory : IInventoryProvider
{
    /// <summary>Waits until the answer may be another than the one of a version; returns at once when it already is.</summary>
    /// <param name="options">An instance of <see cref="IInventoryProvider.OptionsType"/>.</param>
    /// <param name="context">For whom.</param>
    /// <param name="version">The <see cref="InventoryResult.Version"/> of the answer that is known.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <exception cref="InventoryException">The source cannot be watched now; it is asked again at the next refresh.</exception>
    Task WaitForChangeAsync(object options, InventoryContext context, string version, CancellationToken cancellationToken);
}
