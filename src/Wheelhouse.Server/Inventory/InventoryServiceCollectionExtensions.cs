using Wheelhouse.Server.Inventory.Ansible;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Chef;
using Wheelhouse.Server.Inventory.Consul;
using Wheelhouse.Server.Inventory.Dns;
using Wheelhouse.Server.Inventory.Exec;
using Wheelhouse.Server.Inventory.Files;
using Wheelhouse.Server.Inventory.Http;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Inventory.Static;

namespace Wheelhouse.Server.Inventory;

/// <summary>Registers the inventories.</summary>
public static class InventoryServiceCollectionExtensions
{
    /// <summary>Adds every inventory provider; a new one is one line here.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services) => services
        .AddSingleton<InventoryProviders>()
        .AddSingleton<InventoryFiles>()
        .AddSingleton<NodeQueryReader>()
        .AddSingleton<NodeFinder>()
        .AddSingleton<InventoryAnswers>()
        .AddSingleton<InventoryHttp>()
        .AddSingleton<IInventoryProvider, ChefInventory>()
        .AddSingleton<IInventoryProvider, StaticInventory>()
        .AddSingleton<IInventoryProvider, ConsulInventory>()
        .AddSingleton<IInventoryProvider, FileInventory>()
        .AddSingleton<IInventoryProvider, HttpInventory>()
        .AddSingleton<IInventoryProvider, ExecInventory>()
        .AddSingleton<IInventoryProvider, DnsInventory>()
        .AddSingleton<IInventoryProvider, AnsibleInventory>();
}
