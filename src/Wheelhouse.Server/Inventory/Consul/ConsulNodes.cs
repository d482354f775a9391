using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Consul;

/// <summary>Makes nodes from instances of a service.</summary>
internal static class ConsulNodes
{
    /// <summary>Reads a reply. Without <c>near</c> Consul promises no order: the nodes are then sorted by name.</summary>
    /// <exception cref="InventoryException">The reply has another form, is not what was asked, or leaves the address open.</exception>
    public static IReadOnlyList<InventoryNode> Read(JsonElement reply, ConsulOptions options, Func<string, InventoryException> refuse)
    {
        if (reply.ValueKind is not JsonValueKind.Array) throw refuse("it is not a list");
        var instances = reply.EnumerateArray().Select((entry, i) => ReadInstance(entry, options, flaw => refuse($"{flaw}, in entry {i}"))).ToList();
        var nodes = instances.GroupBy(instance => instance.Node, StringComparer.Ordinal).Select(node => Combine([.. node], options));
        return [.. options.Near is null ? nodes.OrderBy(node => node.Name, StringComparer.Ordinal) : nodes];
    }

    private static ConsulInstance ReadInstance(JsonElement entry, ConsulOptions options, Func<string, InventoryException> refuse)
    {
        var instance = options.Health is null ? ConsulInstance.ReadCatalog(entry, refuse) : ConsulInstance.ReadHealth(entry, refuse);
        return options.Tags.Except(instance.Tags, StringComparer.Ordinal).FirstOrDefault() is not { } missing
            ? instance
            : throw refuse($"an instance on '{instance.Node}' does not have the tag '{missing}', as if the filter were ignored");
    }

    private static InventoryNode Combine(IReadOnlyList<ConsulInstance> instances, ConsulOptions options)
    {
        var name = instances[0].Node;
        var addresses = instances.Select(instance => FindAddress(instance, options)).Distinct(StringComparer.Ordinal).ToList();
        if (addresses.Count > 1)
            throw new InventoryException(
                $"The instances of {options.Service} on the node '{name}' have several addresses: {string.Join(", ", addresses.Order(StringComparer.Ordinal).Take(5))}.",
                "Say which one ssh shall use: write address: node, or the name of a tagged address.");
        return new InventoryNode(name, addresses[0], User: null, Port: null, Jump: null, Label(instances));
    }

    private static Dictionary<string, string> Label(IReadOnlyList<ConsulInstance> instances)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["consul_datacenter"] = instances[0].Datacenter,
            ["consul_tags"] = Join(instances.SelectMany(instance => instance.Tags)),
            ["consul_ports"] = Join(instances.Select(instance => instance.Port)),
        };
        foreach (var (key, value) in instances.SelectMany(instance => instance.Meta)) labels.TryAdd(key, value);
        return labels;

        static string Join(IEnumerable<string> values) => string.Join(',', values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string FindAddress(ConsulInstance instance, ConsulOptions options)
    {
        var address = options.Address switch
        {
            ConsulOptions.ServiceAddress => instance.ServiceAddress.Length > 0 ? instance.ServiceAddress : instance.NodeAddress,
            ConsulOptions.NodeAddress => instance.NodeAddress,
            var tag => instance.TaggedAddresses.GetValueOrDefault(tag, ""),
        };
        return address.Length > 0 ? address : throw new InventoryException(
            $"Consul knows no address '{options.Address}' of the node '{instance.Node}'"
            + (instance.TaggedAddresses.Count > 0 ? $"; its tagged addresses are {string.Join(", ", instance.TaggedAddresses.Keys.Order(StringComparer.Ordinal).Take(10))}." : "."),
            "Correct address: in the query, or register the node with that address.");
    }
}
