using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Chef.Search;
using Wheelhouse.Server.Inventory.Chef.Settings;

namespace Wheelhouse.Server.Inventory.Chef;

/// <summary>
/// The nodes are found by a search of a Chef Infra Server, or of one that speaks its API such as goiardi. Chef's search knows no order of its own, so
/// they are activated in the order of their names.
/// </summary>
public sealed class ChefInventory(InventoryFiles files, InventoryHttp http, TimeProvider clock) : IInventoryProvider
{
    /// <inheritdoc/>
    public string Name => "chef";

    /// <inheritdoc/>
    public Type OptionsType => typeof(ChefOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var search = (ChefOptions)options;
        using var account = await ChefAccount.ReadAsync(search, files, cancellationToken);
        using var connection = await http.OpenAsync(account.Tls, cancellationToken);
        var nodes = await new NodeSearch(new ChefClient(account, connection, clock), search).RunAsync(cancellationToken);
        return new InventoryResult([.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal)]);
    }
}
