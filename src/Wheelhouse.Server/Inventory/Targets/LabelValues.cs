using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Targets;

/// <summary>Reads labels from JSON.</summary>
public static class LabelValues
{
    /// <summary>Reads an object of single values: text as it is, numbers and <c>true</c>/<c>false</c> as JSON writes them; <c>null</c> is no label.</summary>
    /// <param name="labels">The object, or <c>null</c> for none.</param>
    /// <param name="refuse">Makes an error from what is wrong with it.</param>
    /// <exception cref="InventoryException">It is something else.</exception>
    public static Dictionary<string, string> Read(JsonElement labels, Func<string, InventoryException> refuse)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (labels.ValueKind is JsonValueKind.Null) return read;
        if (labels.ValueKind is not JsonValueKind.Object) throw refuse("'labels' is not a map");
        foreach (var label in labels.EnumerateObject())
        {
            if (label.Value.ValueKind is JsonValueKind.Null) continue;
            read[label.Name] = label.Value.ValueKind switch
            {
                JsonValueKind.String => label.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => label.Value.GetRawText(),
                _ => throw refuse($"the label '{label.Name}' is not a single value"),
            };
        }

        return read;
    }
}
