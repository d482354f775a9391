using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory.Extending;

public sealed record HostListOptions
{
    /// <summary>The absolute path of a file with a host name a line.</summary>
    [Shorthand]
    public required string Path { get; init; }
}

public sealed class HostListInventory(InventoryFiles files) : IInventoryProvider
{
    public string Name => "host-list";

    public Type OptionsType => typeof(HostListOptions);

    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var text = await files.ReadAsync(((HostListOptions)options).Path, cancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new InventoryResult([.. lines.Select(line => StaticNode.TryParse(line, null, out var node) ? node.ToNode()
            : throw new InventoryException($"'{line}' is not a host.", "Write host, user@host:port or [address]:port."))]);
    }
}
