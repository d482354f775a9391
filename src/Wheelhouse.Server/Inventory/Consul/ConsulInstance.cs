using System.Text.Json;
using Wheelhouse.Server.Inventory.Targets;

namespace Wheelhouse.Server.Inventory.Consul;

/// <summary>An instance of a service on a node, as the catalog and the health endpoint both tell it.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Datacenter">The node's datacenter; empty when it was not said.</param>
/// <param name="NodeAddress">The node's address.</param>
/// <param name="ServiceAddress">The instance's own address; empty when it has none.</param>
/// <param name="TaggedAddresses">The node's addresses by tag, over which the instance's prevail.</param>
/// <param name="Tags">The instance's tags.</param>
/// <param name="Port">The instance's port.</param>
/// <param name="Meta">What is known of the node, over which what is known of the instance prevails.</param>
internal sealed record ConsulInstance(
    string Node,
    string Datacenter,
    string NodeAddress,
    string ServiceAddress,
    IReadOnlyDictionary<string, string> TaggedAddresses,
    IReadOnlyList<string> Tags,
    string Port,
    IReadOnlyDictionary<string, string> Meta)
{
    /// <summary>Reads an entry of <c>/v1/catalog/service/…</c>.</summary>
    public static ConsulInstance ReadCatalog(JsonElement entry, Func<string, InventoryException> refuse)
    {
        var all = new Fields(entry, refuse);
        return Read(all, "NodeMeta", all, "Service", refuse);
    }

    /// <summary>Reads an entry of <c>/v1/health/service/…</c>.</summary>
    public static ConsulInstance ReadHealth(JsonElement entry, Func<string, InventoryException> refuse)
    {
        var all = new Fields(entry, refuse);
        return Read(all.Inside("Node"), "Meta", all.Inside("Service"), "", refuse);
    }

    private static ConsulInstance Read(Fields node, string nodeMeta, Fields service, string prefix, Func<string, InventoryException> refuse)
    {
        var name = node.Text("Node");
        if (name.Length == 0) throw refuse("'Node' is missing");
        return new ConsulInstance(
            name,
            node.Text("Datacenter"),
            node.Text("Address"),
            service.Text(prefix + "Address"),
            Over(node.Texts("TaggedAddresses"), service.Addresses(prefix + "TaggedAddresses")),
            service.List(prefix + "Tags"),
            service.Number(prefix + "Port"),
            Over(node.Texts(nodeMeta), service.Texts(prefix + "Meta")));
    }

    private static Dictionary<string, string> Over(Dictionary<string, string> node, Dictionary<string, string> service)
    {
        foreach (var (key, value) in service) node[key] = value;
        return node;
    }

    /// <summary>The fields of an object. What is left out or <c>null</c> is empty; what has another type is an error.</summary>
    private sealed class Fields
    {
        private readonly JsonElement _object;
        private readonly Func<string, InventoryException> _refuse;

        public Fields(JsonElement value, Func<string, InventoryException> refuse)
        {
            if (value.ValueKind is not JsonValueKind.Object) throw refuse("it is not an object");
            (_object, _refuse) = (value, refuse);
        }

        public Fields Inside(string key) => new(Find(key, JsonValueKind.Object) ?? throw _refuse($"'{key}' is missing"), _refuse);

        public string Text(string key) => Find(key, JsonValueKind.String)?.GetString() ?? "";

        public string Number(string key) => Find(key, JsonValueKind.Number)?.GetRawText() ?? "";

        public IReadOnlyList<string> List(string key) => Find(key, JsonValueKind.Array) is not { } list ? [] :
            [.. list.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.String ? item.GetString()! : throw _refuse($"'{key}' has something else than texts"))];

        public Dictionary<string, string> Texts(string key) => Find(key, JsonValueKind.Object) is { } map ? LabelValues.Read(map, _refuse) : [];

        public Dictionary<string, string> Addresses(string key) => Find(key, JsonValueKind.Object) is not { } map ? [] :
            map.EnumerateObject().ToDictionary(property => property.Name, property => ReadAddress(property.Value), StringComparer.Ordinal);

        /// <summary>The API writes the keys of an instance's tagged addresses in lower case, and its documentation of the selectors in upper.</summary>
        private string ReadAddress(JsonElement value)
        {
            var fields = new Fields(value, _refuse);
            return fields.Text("address") is { Length: > 0 } address ? address : fields.Text("Address");
        }

        private JsonElement? Find(string key, JsonValueKind kind)
        {
            if (!_object.TryGetProperty(key, out var value) || value.ValueKind is JsonValueKind.Null) return null;
            return value.ValueKind == kind ? value : throw _refuse($"'{key}' is not {(kind is JsonValueKind.Array ? "an" : "a")} {kind.ToString().ToLowerInvariant()}");
        }
    }
}
