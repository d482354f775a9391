using DnsClient.Protocol;

namespace Wheelhouse.Server.Inventory.Dns;

/// <summary>Makes nodes from SRV records: the target is the node, whose name ssh resolves; port, priority and weight are its labels.</summary>
internal static class SrvNodes
{
    /// <summary>The nodes, the most wanted first: by priority, from the lowest; by weight, from the greatest; by name.</summary>
    /// <exception cref="InventoryException">The service is said not to be available.</exception>
    public static IEnumerable<InventoryNode> Of(string name, IEnumerable<SrvRecord> records, bool usePort)
    {
        foreach (var record in records.OrderBy(record => record.Priority).ThenByDescending(record => record.Weight)
            .ThenBy(record => record.Target.Value, StringComparer.Ordinal).ThenBy(record => record.Port))
        {
            var host = record.Target.Value.TrimEnd('.').ToLowerInvariant();
            if (host.Length == 0) // RFC 2782: "the service is decidedly not available at this domain".
                throw new InventoryException($"The SRV record of {name} says that the service is not available ('.').", "Correct the record, or the name in the document.");
            yield return new InventoryNode(host, host, User: null, usePort ? record.Port : null, Jump: null, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["port"] = $"{record.Port}",
                ["priority"] = $"{record.Priority}",
                ["weight"] = $"{record.Weight}",
            });
        }
    }
}
