using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory.Asking;

namespace Wheelhouse.Server.Inventory.Files;

/// <summary>A file of targets as it was when it was read.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Text">All of it.</param>
internal sealed record TargetFile(string Path, string Text)
{
    private const string Fix = "Correct it. Whoever writes it should write another file beside it and rename that, so that nobody reads half of it.";

    /// <summary>Reads the JSON, or the YAML as JSON whose single values are text.</summary>
    /// <exception cref="InventoryException">It is neither, or empty; the message says where.</exception>
    public JsonElement Read() =>
        Path.EndsWith(".json", StringComparison.Ordinal) ? InventoryJson.Parse(Encoding.UTF8.GetBytes(Text), flaw => Refuse($"it is not JSON ({flaw})")) : ReadYaml();

    /// <summary>An error about this file.</summary>
    public InventoryException Refuse(string flaw) => new($"{Path} cannot be used: {Excerpt.Of(flaw, 400)}.", Fix);

    private JsonElement ReadYaml()
    {
        var errors = new DocumentErrors();
        var documents = YamlComposer.Compose(Text, errors);
        if (errors.ToList() is [var error, ..]) throw Refuse($"line {error.Line}: {error.Message.TrimEnd('.')}");
        if (documents is not [{ Root: { } root }]) throw Refuse(documents.Count > 1 ? "it has several documents" : "it is empty");
        return JsonSerializer.SerializeToElement(Convert(root));
    }

    private static JsonNode? Convert(DocumentNode node) => node switch
    {
        ListNode list => new JsonArray([.. list.Items.Select(Convert)]),
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Convert(entry.Value)))),
        ScalarNode { IsNull: false } scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };
}
