using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory.Extending;

public sealed class HostListInventoryTests : InventoryProviderContract, IDisposable
{
    private readonly TempFolder _folder = new("wh-host-list");

    public HostListInventoryTests()
    {
        _folder.Write("hosts", "app1\napp2\n");
        Provider = new HostListInventory(new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] }));
    }

    protected override IInventoryProvider Provider { get; }

    protected override string TwoNodes => _folder["hosts"];

    public void Dispose() => _folder.Dispose();
}
