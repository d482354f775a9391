namespace Wheelhouse.Server.Inventory;

/// <summary>
/// Finds the nodes of one environment: the contract of an inventory. A provider reads and never writes, keeps nothing between two
/// calls, and may be called at the same time from several threads. It does not handle failure: it throws <see cref="InventoryException"/>,
/// the rollout then stops before it starts, and the person sees message and fix. It never answers with fewer nodes because a part of
/// its source was silent: a deployment to half of the nodes would look complete.
/// </summary>
public interface IInventoryProvider
{
    /// <summary>The key under <c>nodes:</c> in a service document; lower-case letters, digits and dashes, unique.</summary>
    string Name { get; }

    /// <summary>
    /// The type of the query: a class with a parameterless constructor whose properties are the keys in the document (snake case).
    /// It is bound and validated when the document is applied; see <see cref="Documents.OptionsBinder"/>.
    /// </summary>
    Type OptionsType { get; }

    /// <summary>Finds the nodes, in the order in which they are to be activated.</summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    /// <param name="context">For whom.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns>The nodes; their names are unique.</returns>
    /// <exception cref="InventoryException">They cannot be found.</exception>
    Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken);
}

/// <summary>For whom nodes are looked for.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Environment">The environment's name.</param>
public sealed record InventoryContext(string Service, string Environment);

/// <summary>What an inventory found.</summary>
/// <param name="Nodes">The nodes in the order of activation; their names are unique.</param>
public sealed record InventoryResult(IReadOnlyList<InventoryNode> Nodes)
{
    /// <summary>
    /// What <see cref="IWatchableInventory.WaitForChangeAsync"/> compares with, such as an index or a time of modification; null of an inventory that
    /// cannot be watched.
    /// </summary>
    public string? Version { get; init; }
}
