using System.Globalization;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.HostKeys;

/// <summary>The jump hosts that inventories name, as nodes of their own: their host keys are verified too. Pure.</summary>
internal static class JumpHosts
{
    /// <summary>The distinct jump hosts on the way to the nodes, the nearest first.</summary>
    public static IReadOnlyList<InventoryNode> Of(IEnumerable<InventoryNode> nodes) =>
    [
        .. nodes.Select(node => node.Jump).OfType<string>().Distinct(StringComparer.Ordinal)
            .SelectMany(Hops).DistinctBy(hop => (hop.Address, hop.Port, hop.Jump)),
    ];

    private static IEnumerable<InventoryNode> Hops(string jump)
    {
        var hops = jump.Split(',');
        for (var i = 0; i < hops.Length; i++) yield return Hop(hops[i], i == 0 ? null : string.Join(',', hops[..i]));
    }

    /// <summary>Reads <c>[user@]host[:port]</c>, where a host with colons stands in brackets.</summary>
    private static InventoryNode Hop(string text, string? jump)
    {
        var at = text.LastIndexOf('@');
        var place = text[(at + 1)..];
        var colon = place.LastIndexOf(':');
        var hasPort = colon > place.LastIndexOf(']') && place.IndexOf(':', StringComparison.Ordinal) is var first && (first == colon || place[0] == '[');
        var host = (hasPort ? place[..colon] : place).Trim('[', ']');
        int? port = hasPort && int.TryParse(place[(colon + 1)..], CultureInfo.InvariantCulture, out var number) ? number : null;
        return new InventoryNode(text, host, at < 0 ? null : text[..at], port, jump, new Dictionary<string, string>(StringComparer.Ordinal));
    }
}
