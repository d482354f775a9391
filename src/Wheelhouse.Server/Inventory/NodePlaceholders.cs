using System.Globalization;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Inventory;

/// <summary>
/// What a service document may say of the node at hand, in any command, variable or check: <c>{node.name}</c>, <c>{node.address}</c>, <c>{node.user}</c>,
/// <c>{node.port}</c> and <c>{node.label.NAME}</c>.
/// </summary>
public static partial class NodePlaceholders
{
    private const string LabelPrefix = "label.";
    private static readonly string[] Fields = ["name", "address", "user", "port"];

    /// <summary>Reports every placeholder in a document that there is not.</summary>
    public static void Check(DocumentNode node, string path, DocumentErrors errors)
    {
        switch (node)
        {
            case MapNode map:
                foreach (var (key, value) in map.Entries) Check(value, path.Length == 0 ? key.Text : $"{path}.{key.Text}", errors);
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++) Check(list.Items[i], $"{path}[{i}]", errors);
                break;
            case ScalarNode scalar:
                foreach (var name in NamesIn(scalar.Text).Where(name => !IsKnown(name)))
                    errors.Add(scalar, path, $"There is no placeholder '{{node.{name}}}'.", "Write {node.name}, {node.address}, {node.user}, {node.port} or {node.label.NAME}.");
                break;
        }
    }

    /// <summary>Says what a node lacks for a text, in a sentence that names the node and the fix; null when nothing.</summary>
    /// <remarks>Values come from outside and stand in commands, so that white space, quotes and the like are refused.</remarks>
    public static string? FindProblem(string text, InventoryNode node)
    {
        foreach (var name in NamesIn(text))
        {
            if (ValueOf(name, node) is not { } value)
                return $"The node '{node.Name}' has no {What(name)}, which the service document uses as {{node.{name}}}; the inventory, or labels and defaults under nodes, must say it.";
            if (!Safe().IsMatch(value))
                return $"The {What(name)} of the node '{node.Name}' is '{value}', which cannot stand for {{node.{name}}}: letters, digits and . _ : / @ + , = - [ ] can.";
        }

        return null;
    }

    /// <summary>Puts a node's values into a text, JSON included. What <see cref="FindProblem"/> finds is left as it is.</summary>
    public static string Fill(string text, InventoryNode node) =>
        Placeholder().Replace(text, match => ValueOf(match.Groups["name"].Value, node) is { } value && Safe().IsMatch(value) ? value : match.Value);

    private static IEnumerable<string> NamesIn(string text) => Placeholder().Matches(text).Select(match => match.Groups["name"].Value);

    private static bool IsKnown(string name) => Fields.Contains(name) || (name.StartsWith(LabelPrefix, StringComparison.Ordinal) && name.Length > LabelPrefix.Length);

    private static string What(string name) => name.StartsWith(LabelPrefix, StringComparison.Ordinal) ? $"label '{name[LabelPrefix.Length..]}'" : name;

    private static string? ValueOf(string name, InventoryNode node) => name switch
    {
        "name" => node.Name,
        "address" => node.Address,
        "user" => node.User,
        "port" => node.Port?.ToString(CultureInfo.InvariantCulture),
        _ => name.StartsWith(LabelPrefix, StringComparison.Ordinal) ? node.Labels.GetValueOrDefault(name[LabelPrefix.Length..]) : null,
    };

    [GeneratedRegex(@"\{node\.(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[\p{L}\p{N}._:/@+,=\[\]-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Safe();
}
