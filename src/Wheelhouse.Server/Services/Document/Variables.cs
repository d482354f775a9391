using System.Text.Json.Nodes;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads <c>env</c>, environment variables.</summary>
internal static class Variables
{
    /// <summary>Reads them; values may be empty.</summary>
    public static IReadOnlyDictionary<string, string> Read(MapReader owner)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (owner.Find("env") is not { } node || MapReader.Open(node, owner.Path("env"), owner.Errors) is not { } map) return variables;
        foreach (var (key, value) in map.Node.Entries)
        {
            if (Rules.Variable(key.Text) is { } flaw) owner.Errors.Add(key, map.Path(key.Text), flaw.Message, flaw.Fix);
            else if (value is ScalarNode { Text.Length: 0 }) variables[key.Text] = "";
            else if (Scalars.Text(value, map.Path(key.Text), owner.Errors) is { } text) variables[key.Text] = text;
        }

        return variables;
    }

    /// <summary>As the node protocol has them.</summary>
    public static JsonObject AsJson(IReadOnlyDictionary<string, string> variables) =>
        [.. variables.Select(variable => KeyValuePair.Create<string, JsonNode?>(variable.Key, variable.Value))];

    /// <summary>Both together; the second wins.</summary>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        var merged = new Dictionary<string, string>(first, StringComparer.Ordinal);
        foreach (var (name, value) in second) merged[name] = value;
        return merged;
    }
}
