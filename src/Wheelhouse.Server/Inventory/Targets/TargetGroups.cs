using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Targets;

/// <summary>
/// Reads the groups of targets that Prometheus' file and HTTP discovery share: <c>[{ "targets": ["host:port"], "labels": { "name": "value" } }]</c>
/// (https://prometheus.io/docs/prometheus/latest/http_sd/). The host becomes a node. The port is where metrics are scraped, not where sshd listens: the target
/// as written is the label <c>__address__</c>, as in Prometheus. The labels of the group become the node's. A host with several targets is one node; where they
/// differ on a label, the first counts.
/// </summary>
public sealed class TargetGroups
{
    private const string AddressLabel = "__address__";

    private readonly OrderedDictionary<string, Dictionary<string, string>> _nodes = new(StringComparer.Ordinal);

    /// <summary>The nodes of all groups so far, in the order in which they were first named.</summary>
    public IReadOnlyList<InventoryNode> Nodes =>
        [.. _nodes.Select(node => new InventoryNode(node.Key, node.Key, User: null, Port: null, Jump: null, node.Value))];

    /// <summary>Reads a list of groups.</summary>
    /// <param name="groups">What the source said.</param>
    /// <param name="refuse">Makes an error from what is wrong with it.</param>
    /// <exception cref="InventoryException">It does not have this form, down to the last target.</exception>
    public void Add(JsonElement groups, Func<string, InventoryException> refuse)
    {
        if (groups.ValueKind is not JsonValueKind.Array) throw refuse("it is not a list of groups of targets");
        foreach (var (i, group) in groups.EnumerateArray().Index()) AddGroup(group, flaw => refuse($"{flaw}, in group {i}"));
    }

    private void AddGroup(JsonElement group, Func<string, InventoryException> refuse)
    {
        if (group.ValueKind is not JsonValueKind.Object) throw refuse("it is not a map");
        foreach (var property in group.EnumerateObject())
        {
            if (property.Name is not ("targets" or "labels")) throw refuse($"the key '{property.Name}' is unknown");
        }

        if (!group.TryGetProperty("targets", out var targets) || targets.ValueKind is not JsonValueKind.Array) throw refuse("'targets' is not a list");
        var shared = group.TryGetProperty("labels", out var labels) ? LabelValues.Read(labels, refuse) : [];
        foreach (var target in targets.EnumerateArray())
        {
            var text = target.ValueKind is JsonValueKind.String ? target.GetString()! : throw refuse("a target is not text");
            var host = ReadHost(text, refuse);
            if (!_nodes.TryGetValue(host, out var own)) _nodes.Add(host, own = new Dictionary<string, string>(StringComparer.Ordinal) { [AddressLabel] = text });
            foreach (var (name, value) in shared) own.TryAdd(name, value);
        }
    }

    private static string ReadHost(string target, Func<string, InventoryException> refuse)
    {
        if (target.AsSpan().ContainsAny('/', '@')) throw refuse($"the target '{target}' is not host:port");
        try
        {
            return StaticNode.Parse(target, provider: null).ToNode().Address;
        }
        catch (FormatException flaw)
        {
            throw refuse($"a target is not host:port ({flaw.Message.TrimEnd('.')})");
        }
    }
}
