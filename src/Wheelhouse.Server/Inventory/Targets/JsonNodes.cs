using System.Globalization;
using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Targets;

/// <summary>
/// Reads a list of nodes from JSON. Each is text (<c>host</c>, <c>user@host:port</c>, <c>[address]:port</c>) or an object with <c>name</c> or <c>address</c> or both,
/// and <c>user</c>, <c>port</c>, <c>jump</c>, <c>labels</c>; its other keys are left alone.
/// </summary>
public static class JsonNodes
{
    /// <summary>Reads the list; the nodes are in its order.</summary>
    /// <exception cref="InventoryException">It does not have this form, down to the last node.</exception>
    public static IReadOnlyList<InventoryNode> Read(JsonElement list, Func<string, InventoryException> refuse) =>
        [.. list.EnumerateArray().Select((entry, i) => ReadNode(entry, flaw => refuse($"entry {i} of the nodes: {flaw}")))];

    private static InventoryNode ReadNode(JsonElement entry, Func<string, InventoryException> refuse)
    {
        if (entry.ValueKind is JsonValueKind.String) return Parse(entry.GetString()!, refuse);
        if (entry.ValueKind is not JsonValueKind.Object) throw refuse("this is neither text nor an object");
        var (name, address) = (ReadText(entry, "name", refuse), ReadText(entry, "address", refuse));
        return new StaticNode
        {
            Name = name,
            Address = address ?? name ?? throw refuse($"there is neither 'name' nor 'address', but {Keys(entry)}"),
            User = ReadText(entry, "user", refuse),
            Port = ReadPort(entry, refuse),
            Jump = ReadText(entry, "jump", refuse),
            Labels = entry.TryGetProperty("labels", out var labels) ? LabelValues.Read(labels, refuse) : [],
        }.ToNode();
    }

    private static InventoryNode Parse(string text, Func<string, InventoryException> refuse)
    {
        try
        {
            return StaticNode.Parse(text, provider: null).ToNode();
        }
        catch (FormatException flaw)
        {
            throw refuse(flaw.Message.TrimEnd('.'));
        }
    }

    private static string? ReadText(JsonElement entry, string key, Func<string, InventoryException> refuse)
    {
        if (!entry.TryGetProperty(key, out var value) || value.ValueKind is JsonValueKind.Null) return null;
        return value.ValueKind is JsonValueKind.String ? value.GetString() : throw refuse($"'{key}' is not text");
    }

    private static int? ReadPort(JsonElement entry, Func<string, InventoryException> refuse)
    {
        if (!entry.TryGetProperty("port", out var value) || value.ValueKind is JsonValueKind.Null) return null;
        var text = value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw refuse("'port' is not a number from 1 to 65535");
    }

    private static string Keys(JsonElement entry)
    {
        var keys = entry.EnumerateObject().Where(property => property.Value.ValueKind is not JsonValueKind.Null).Select(property => $"'{property.Name}'").Take(10).ToList();
        return keys.Count == 0 ? "nothing" : string.Join(", ", keys);
    }
}
