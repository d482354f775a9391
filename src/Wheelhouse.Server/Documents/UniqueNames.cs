namespace Wheelhouse.Server.Documents;

/// <summary>Reports names that are given twice.</summary>
/// <param name="what">What the names are of, such as <c>process</c>.</param>
internal sealed class UniqueNames(string what)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Takes up the name of a map; an empty one was reported already.</summary>
    public void Check(MapReader map, string name, string key = "name")
    {
        if (name.Length == 0 || map.Find(key) is not { } node) return;
        if (!_lines.TryAdd(name, node.Line))
            map.Errors.Add(node, map.Path(key), $"Another {what}, in line {_lines[name]}, is named '{name}' too.", "Rename one of them.");
    }
}
