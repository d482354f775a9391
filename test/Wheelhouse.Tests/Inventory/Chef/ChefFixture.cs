using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Chef;

namespace Wheelhouse.Tests.Inventory.Chef;

/// <summary>One goiardi for all tests of a class, with a few nodes.</summary>
public sealed class ChefFixture : IAsyncLifetime
{
    public GoiardiServer Server { get; private set; } = null!;

    /// <summary>A provider that may use the files of a directory.</summary>
    public static ChefInventory Provider(string folder, TimeProvider? clock = null)
    {
        var files = new InventoryFiles(new InventoryOptions { Paths = [folder] });
        return new ChefInventory(files, new InventoryHttp(files), clock ?? TimeProvider.System);
    }

    /// <summary>Reads a query that is valid.</summary>
    public static ChefOptions Bind(string yaml)
    {
        var errors = new DocumentErrors();
        var options = OptionsBinder.Bind(typeof(ChefOptions), YamlComposer.Compose(yaml, errors)[0].Root!, "chef", errors);
        Assert.Empty(errors.ToList());
        return (ChefOptions)options!;
    }

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        Server = await GoiardiServer.StartAsync(token);
        await Server.AddEnvironmentAsync("prod", token);
        await Server.AddEnvironmentAsync("stg", token);
        await Server.AddRoleAsync("billing", token);
        await Server.AddRoleAsync("bare", token);
        await Server.AddNodesAsync("billing", "prod", token,
            ("app2", new { fqdn = "app2.prod.example", ipaddress = "10.0.0.2", roles = new[] { "base", "billing" }, cpu = new { total = 4 } }),
            ("app1", new { fqdn = "app1.prod.example", ipaddress = "2001:db8::1", cloud = new { public_ipv4 = "203.0.113.1" }, cpu = new { total = 2 } }));
        await Server.AddNodesAsync("billing", "stg", token, ("app3", new { fqdn = "app3.stg.example" }));
        await Server.AddNodesAsync("bare", "prod", token, ("bare1", new { ipaddress = "10.0.0.9" }));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
