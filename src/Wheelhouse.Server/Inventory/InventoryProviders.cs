namespace Wheelhouse.Server.Inventory;

/// <summary>The inventory providers by name. A name that is taken twice stops the server at its start.</summary>
public sealed class InventoryProviders
{
    private readonly SortedDictionary<string, IInventoryProvider> _providers = new(StringComparer.Ordinal);

    /// <summary>Collects them.</summary>
    /// <exception cref="InvalidOperationException">Two have the same name.</exception>
    public InventoryProviders(IEnumerable<IInventoryProvider> providers)
    {
        foreach (var provider in providers)
        {
            if (!_providers.TryAdd(provider.Name, provider))
                throw new InvalidOperationException(
                    $"Two inventory providers are named '{provider.Name}': {_providers[provider.Name].GetType()} and {provider.GetType()}. Register one of them.");
        }
    }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _providers.Keys;

    /// <summary>The provider of a name, or null.</summary>
    public IInventoryProvider? Find(string name) => _providers.GetValueOrDefault(name);
}
