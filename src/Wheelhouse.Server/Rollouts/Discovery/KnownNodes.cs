using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>The nodes of an environment as they are shown: those that rollouts went to, and those that the inventory names. Pure.</summary>
internal static class KnownNodes
{
    /// <summary>The nodes by name. Those that nothing was rolled out to yet are <c>new</c>; those that the inventory no longer names are <c>gone</c>.</summary>
    public static IEnumerable<NodeStateView> Of(IReadOnlyList<NodeStateRow> known, InventoryAnswer? answer)
    {
        var named = answer?.FoundAt is null ? null : answer.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var shown = known.Select(node => named?.Contains(node.Name) == false
            ? View(node) with { State = NodeStates.Gone, Detail = "The inventory does not name it any more." }
            : View(node));
        var names = known.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var added = answer?.Nodes.Where(node => !names.Contains(node.Name))
            .Select(node => new NodeStateView(node.Name, node.Address, null, NodeStates.New, null, null, []));
        return shown.Concat(added ?? []).OrderBy(node => node.Name, StringComparer.Ordinal);
    }

    private static NodeStateView View(NodeStateRow node) =>
        new(node.Name, node.Address, node.Version, node.State, node.Detail, node.LastContact, node.Releases.Lines());
}
