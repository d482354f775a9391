using DnsClient;
using DnsClient.Protocol;

namespace Wheelhouse.Server.Inventory.Dns;

/// <summary>
/// The nodes are what names in DNS stand for: the targets of SRV records (RFC 2782), or addresses. A and AAAA are never asked for together, for a machine
/// with both would be found twice.
/// </summary>
public sealed class DnsInventory : IInventoryProvider
{
    /// <inheritdoc/>
    public string Name => "dns";

    /// <inheritdoc/>
    public Type OptionsType => typeof(DnsOptions);

    /// <inheritdoc/>
    public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken)
    {
        var query = (DnsOptions)options;
        var lookup = new DnsLookup(query.FindServer());
        var type = Enum.Parse<QueryType>(query.Type);
        var answers = await Task.WhenAll(query.Names.Select(name => lookup.AskAsync(name, type, cancellationToken)));
        return new InventoryResult([.. query.Names.Zip(answers).SelectMany(answer => Nodes(answer.First, answer.Second, query.UsePort)).DistinctBy(node => node.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The nodes in an order that does not depend on the server, which may turn its answers round each time.</summary>
    private static IEnumerable<InventoryNode> Nodes(string name, IReadOnlyList<DnsResourceRecord> records, bool usePort) => records[0] is SrvRecord
        ? SrvNodes.Of(name, records.Cast<SrvRecord>(), usePort)
        : records.Cast<AddressRecord>().Select(record => record.Address)
            .OrderBy(address => Convert.ToHexString(address.GetAddressBytes()), StringComparer.Ordinal)
            .Select(address => new InventoryNode($"{address}", $"{address}", User: null, Port: null, Jump: null, new Dictionary<string, string>(StringComparer.Ordinal)));
}
