using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory;

/// <summary>The inventory providers as the server registers them.</summary>
internal static class ShippedInventories
{
    public static InventoryProviders All { get; } = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(new InventoryOptions())
        .AddInventory()
        .BuildServiceProvider()
        .GetRequiredService<InventoryProviders>();
}
