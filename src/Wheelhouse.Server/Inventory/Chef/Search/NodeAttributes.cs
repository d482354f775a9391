using System.Text.Json;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Inventory.Chef.Search;

/// <summary>The attributes that a search asks for, and the node that they make.</summary>
internal sealed class NodeAttributes(ChefOptions options)
{
    private const string LabelPrefix = "label.";
    private const int LongestName = 100;

    /// <summary>Each key of the answer with the path of its attribute.</summary>
    public IReadOnlyDictionary<string, string[]> Wanted { get; } = new Dictionary<string, string[]>(
        options.Labels.Select(label => KeyValuePair.Create(LabelPrefix + label.Key, label.Value.Split('.'))), StringComparer.Ordinal)
    {
        ["node"] = ["name"],
        ["name"] = options.Name.Split('.'),
        ["address"] = options.Address.Split('.'),
    };

    /// <summary>Reads one row's attributes.</summary>
    /// <returns>The node and its name in Chef.</returns>
    /// <exception cref="InventoryException">An attribute is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The data have another shape.</exception>
    /// <exception cref="KeyNotFoundException">The data have another shape.</exception>
    public (string Name, InventoryNode Node) Read(JsonElement data)
    {
        var chefName = data.GetProperty("node").GetString() ?? throw new InvalidOperationException("The node has no name.");
        var shown = Excerpt.Of(chefName, LongestName);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, path) in options.Labels)
        {
            var value = data.TryGetProperty(LabelPrefix + label, out var found) ? found : default;
            if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) continue;
            labels[label] = Text(value) ?? (value.ValueKind is JsonValueKind.Array ? Join(value) : null)
                ?? throw new InventoryException($"The attribute {path} of the node '{shown}' is a map, but a label is text.", $"Name one of its values: {path}.NAME.");
        }

        return (chefName, new InventoryNode(Need("name", options.Name), Need("address", options.Address), User: null, Port: null, Jump: null, labels));

        string Need(string key, string path)
        {
            var value = data.GetProperty(key);
            if (value.ValueKind is JsonValueKind.Null || (value.ValueKind is JsonValueKind.String && value.GetString()!.Length == 0))
                throw new InventoryException($"The node '{shown}' has no attribute {path} for its {key}.", $"Let chef-client run on it, leave it out of the query, or name another attribute as '{key}'.");
            return Text(value)
                ?? throw new InventoryException($"The attribute {path} of the node '{shown}' is a list or a map, but its {key} is text.", $"Name another attribute as '{key}'.");
        }
    }

    /// <summary>A list of plain values, such as a node's roles; null when it holds others.</summary>
    private static string? Join(JsonElement list)
    {
        var parts = list.EnumerateArray().Select(Text).ToList();
        return parts.Contains(null) ? null : string.Join(',', parts);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
