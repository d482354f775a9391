using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>How an inventory's answer differs from an earlier one. Pure.</summary>
/// <param name="Before">How many nodes there were.</param>
/// <param name="Now">How many there are.</param>
/// <param name="New">The names that were not there, in the order of activation.</param>
/// <param name="Gone">The names that are not there any more, in the order of activation.</param>
internal sealed record NodeChange(int Before, int Now, IReadOnlyList<string> New, IReadOnlyList<string> Gone)
{
    private const int MostNames = 10;

    public static NodeChange Between(IReadOnlyList<InventoryNode> before, IReadOnlyList<InventoryNode> now) =>
        new(before.Count, now.Count, Except(now, before), Except(before, now));

    public bool IsNone => New.Count == 0 && Gone.Count == 0;

    /// <summary>Why a rollout does not begin: more nodes are missing than may. Nodes that were replaced by as many others are not missing.</summary>
    /// <param name="missingNodes">The policy's <see cref="PolicyDocument.MissingNodes"/>.</param>
    public InventoryException? FindProblem(NodeCount missingNodes) => Before - Now <= missingNodes.RoundDown(Before) ? null : new InventoryException(
        $"The inventory names {(Now == 1 ? "1 node" : $"{Now} nodes")}, and {Before} at the last rollout: {Some(Gone)} {(Gone.Count == 1 ? "is" : "are")} missing, and the policy's missing_nodes is {missingNodes}.",
        "If they are gone for good, roll out with --accept-missing-nodes; otherwise mend the inventory or the query.");

    /// <summary>What changed, such as <c>app9 is new; app3, app4 are gone</c>; empty when nothing did.</summary>
    public override string ToString() => string.Join("; ", new[] { Sentence(New, "new"), Sentence(Gone, "gone") }.OfType<string>());

    /// <summary>Some of many names.</summary>
    internal static string Some(IReadOnlyList<string> names) =>
        names.Count <= MostNames ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more";

    private static string? Sentence(IReadOnlyList<string> names, string what) =>
        names.Count == 0 ? null : $"{Some(names)} {(names.Count == 1 ? "is" : "are")} {what}";

    private static IReadOnlyList<string> Except(IReadOnlyList<InventoryNode> nodes, IReadOnlyList<InventoryNode> others)
    {
        var known = others.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        return [.. nodes.Select(node => node.Name).Where(name => !known.Contains(name))];
    }
}
