using System.Globalization;

namespace Wheelhouse.Python.Metadata;

/// <summary>Splits metadata into its fields (RFC 822 headers with continued lines) and the body after the first empty line.</summary>
internal static class MetadataFields
{
    public static (ILookup<string, string> Fields, string Body) Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var fields = new List<(string Name, string Value)>();
        var at = 0;
        for (; at < lines.Length && lines[at].Length > 0; at++)
        {
            var line = lines[at];
            if (line[0] is ' ' or '\t')
                Continue(fields, line, at);
            else
                fields.Add(Split(line, at));
        }

        var body = at < lines.Length ? string.Join('\n', lines[(at + 1)..]) : "";
        return (fields.ToLookup(f => f.Name, f => f.Value.Trim(), StringComparer.OrdinalIgnoreCase), body.Trim('\n'));
    }

    private static void Continue(List<(string Name, string Value)> fields, string line, int at)
    {
        if (fields.Count == 0)
            throw Bad(line, at, "it continues a field, but there is none before it");
        fields[^1] = (fields[^1].Name, $"{fields[^1].Value}\n{line}");
    }

    private static (string Name, string Value) Split(string line, int at)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !line.AsSpan(0, colon).TrimEnd(" \t").ToString().All(c => c is > ' ' and <= '~'))
            throw Bad(line, at, "a field is written 'Name: value'");
        return (line[..colon].TrimEnd(), line[(colon + 1)..]);
    }

    private static PythonFormatException Bad(string line, int at, string why) => new(
        string.Create(CultureInfo.InvariantCulture, $"Line {at + 1} of the metadata, {PythonText.Quote(line)}, is invalid: {why} (core metadata)."));
}
