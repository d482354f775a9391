namespace Wheelhouse.Server.Inventory.Queries;

/// <summary>Combines the answers of several inventories. Pure.</summary>
/// <remarks>
/// Two inventories mean the same node when they say the same name, or the same address and port; letter case does not count. What
/// the first says of it wins, and the others fill in what it leaves open.
/// </remarks>
internal static class NodeCombiner
{
    public static IReadOnlyList<InventoryNode> Combine(Combination how, IReadOnlyList<IReadOnlyList<InventoryNode>> answers) => how switch
    {
        Combination.Union => [.. answers.Aggregate(Unite)],
        Combination.Intersection => [.. answers.Aggregate(Intersect)],
        Combination.Difference => [.. answers.Aggregate((left, right) => [.. left.Where(node => !right.Any(other => IsSame(node, other)))])],
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, message: null),
    };

    private static IReadOnlyList<InventoryNode> Unite(IReadOnlyList<InventoryNode> left, IReadOnlyList<InventoryNode> right) =>
    [
        .. left.Select(node => right.FirstOrDefault(other => IsSame(node, other)) is { } same ? Merge(node, same) : node),
        .. right.Where(node => !left.Any(other => IsSame(node, other))),
    ];

    private static IReadOnlyList<InventoryNode> Intersect(IReadOnlyList<InventoryNode> left, IReadOnlyList<InventoryNode> right) =>
    [
        .. from node in left
           let same = right.FirstOrDefault(other => IsSame(node, other))
           where same is not null
           select Merge(node, same),
    ];

    private static bool IsSame(InventoryNode one, InventoryNode other) =>
        one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase)
        || (one.Port == other.Port && one.Address.Equals(other.Address, StringComparison.OrdinalIgnoreCase));

    private static InventoryNode Merge(InventoryNode first, InventoryNode second) =>
        new NodeDefaults(second.User, second.Port, second.Jump, second.Labels).Complete(first) with { IdentityFile = first.IdentityFile ?? second.IdentityFile };
}
