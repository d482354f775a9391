using System.Text.Json;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>Reads JSON that may be anything.</summary>
public static class InventoryJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads JSON, at most 64 deep, of which every text is Unicode and no object has a key twice.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="refuse">Makes the error from what is wrong.</param>
    /// <returns>A value whose texts and keys can be read without an exception.</returns>
    public static JsonElement Parse(ReadOnlyMemory<byte> json, Func<string, InventoryException> refuse)
    {
        try
        {
            var start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
            using var document = JsonDocument.Parse(json[start..], Options);
            var root = document.RootElement.Clone();
            ReadTexts(root);
            return root;
        }
        catch (JsonException flaw)
        {
            throw refuse(flaw.LineNumber is { } line ? $"line {line + 1}, byte {flaw.BytePositionInLine + 1}" : "it cannot be read");
        }
        catch (InvalidOperationException)
        {
            throw refuse("a text in it is not Unicode");
        }
    }

    /// <summary>Finds lone surrogates and broken UTF-8, which the parser leaves for the moment a text is asked for.</summary>
    private static void ReadTexts(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String) value.GetString();
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) ReadTexts(item);
        }

        if (value.ValueKind is not JsonValueKind.Object) return;
        foreach (var property in value.EnumerateObject())
        {
            _ = property.Name;
            ReadTexts(property.Value);
        }
    }
}
