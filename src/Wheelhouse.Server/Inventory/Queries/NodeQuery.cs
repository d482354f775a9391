namespace Wheelhouse.Server.Inventory.Queries;

/// <summary>Where the nodes of an environment are found: in one inventory, or in a combination of several.</summary>
public abstract record NodeQuery
{
    /// <summary>What the nodes get that the inventory leaves open.</summary>
    public NodeDefaults Defaults { get; init; } = NodeDefaults.None;
}

/// <summary>A question to one inventory.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Options">The query, of the provider's options type.</param>
public sealed record InventoryQuery(IInventoryProvider Provider, object Options) : NodeQuery;

/// <summary>Questions whose answers are combined.</summary>
/// <param name="How">How.</param>
/// <param name="Parts">The questions, two or more.</param>
public sealed record CombinedQuery(Combination How, IReadOnlyList<NodeQuery> Parts) : NodeQuery;

/// <summary>How answers are combined. Its names, in lower case, are keys in a service document.</summary>
public enum Combination
{
    /// <summary>The nodes of any part, each once.</summary>
    Union,

    /// <summary>The nodes that every part names.</summary>
    Intersection,

    /// <summary>The nodes of the first part that no other part names.</summary>
    Difference,
}

/// <summary>What nodes get that their inventory leaves open.</summary>
/// <param name="User">The account to log in as; null leaves it to ssh's configuration.</param>
/// <param name="Port">The port; null leaves it to ssh's configuration.</param>
/// <param name="Jump">The jump hosts as <c>ssh -J</c> takes them; null leaves it to ssh's configuration.</param>
/// <param name="Labels">Labels; the inventory's win.</param>
public sealed record NodeDefaults(string? User, int? Port, string? Jump, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Nothing.</summary>
    public static NodeDefaults None { get; } = new(null, null, null, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>A node with what it lacks.</summary>
    public InventoryNode Complete(InventoryNode node) => node with
    {
        User = node.User ?? User,
        Port = node.Port ?? Port,
        Jump = node.Jump ?? Jump,
        Labels = Merge(node.Labels, Labels),
    };

    /// <summary>All labels; those of <paramref name="first"/> win.</summary>
    private static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        if (second.Count == 0) return first;
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in second.Concat(first)) merged[name] = value;
        return merged;
    }
}
