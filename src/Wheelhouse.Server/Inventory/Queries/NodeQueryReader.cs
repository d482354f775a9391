using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory.Queries;

/// <summary>Reads <c>nodes</c> of an environment: one inventory with its query, or one combination with its parts, and what its nodes get by default.</summary>
public sealed class NodeQueryReader(InventoryProviders inventories)
{
    private static readonly Dictionary<string, Combination> Combinations =
        Enum.GetValues<Combination>().ToDictionary(how => how.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly string[] DefaultKeys = ["user", "port", "jump", "labels"];

    /// <summary>What to write where nodes are missing.</summary>
    public string Fix =>
        $"Write the name of an inventory and its query, such as 'nodes: {{ static: [app1, app2] }}'. Inventories: {string.Join(", ", inventories.Names)}.";

    /// <summary>Reads a query.</summary>
    /// <returns>The query; null when there was an error.</returns>
    public NodeQuery? Read(DocumentNode node, string path, DocumentErrors errors)
    {
        var before = errors.Count;
        if (node is not MapNode map || map.Entries.Where(entry => !DefaultKeys.Contains(entry.Key.Text)).ToList() is not [var (key, value)])
        {
            errors.Add(node, path, "The nodes must be one inventory with its query, or one of union, intersection and difference with a list of them.", Fix);
            return null;
        }

        var defaults = ReadDefaults(new MapReader(map, path, errors), key.Text);
        var query = Combinations.TryGetValue(key.Text, out var how) ? ReadCombined(how, key, value, $"{path}.{key.Text}", errors) : ReadOne(key, value, path, errors);
        return errors.Count == before ? query! with { Defaults = defaults } : null;
    }

    private NodeQuery? ReadOne(ScalarNode key, DocumentNode query, string path, DocumentErrors errors)
    {
        if (inventories.Find(key.Text) is not { } provider)
        {
            errors.Add(key, $"{path}.{key.Text}", $"There is no inventory named '{key.Text}'.", Suggestion.Fix(key.Text, [.. inventories.Names, .. Combinations.Keys, .. DefaultKeys]));
            return null;
        }

        return OptionsBinder.Bind(provider.OptionsType, query, $"{path}.{key.Text}", errors) is { } options ? new InventoryQuery(provider, options) : null;
    }

    private CombinedQuery? ReadCombined(Combination how, ScalarNode key, DocumentNode value, string path, DocumentErrors errors)
    {
        if (value is not ListNode { Items.Count: > 1 } list)
        {
            errors.Add(value, path, $"'{key.Text}' combines two queries or more, in a list.", $"Write it like '{key.Text}: [{{ static: [app1, app2] }}, {{ static: [app2] }}]'.");
            return null;
        }

        return new CombinedQuery(how, [.. list.Items.Select((item, i) => Read(item, $"{path}[{i}]", errors)).OfType<NodeQuery>()]);
    }

    private static NodeDefaults ReadDefaults(MapReader map, string query)
    {
        _ = map.Find(query);
        int? port = map.Find("port") is { } number ? Scalars.Integer(number, map.Path("port"), map.Errors, 1, 65535) : null;
        var labels = map.Find("labels") is { } node ? OptionsBinder.Bind(typeof(IReadOnlyDictionary<string, string>), node, map.Path("labels"), map.Errors) : null;
        var defaults = new NodeDefaults(
            map.Text("user", Word("user")), port, map.Text("jump", Word("jump")), (IReadOnlyDictionary<string, string>?)labels ?? NodeDefaults.None.Labels);
        map.Finish();
        return defaults;
    }

    /// <summary>A value that ssh may see; the rules are those of every node.</summary>
    private static Func<string, Flaw?> Word(string field) => text =>
    {
        var node = new InventoryNode("any", "any", field == "user" ? text : null, null, field == "jump" ? text : null, NodeDefaults.None.Labels);
        return node.FindProblem() is { } problem ? new Flaw(problem.Replace(" of the node 'any'", "", StringComparison.Ordinal)) : null;
    };
}
