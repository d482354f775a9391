namespace Wheelhouse.Cli.Publishing;

/// <summary>Turns core metadata (PEP 566: headers as in mail, then the description) into the fields of the upload form.</summary>
internal static class MetadataForm
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["classifier"] = "classifiers",
        ["project_url"] = "project_urls",
        ["dynamic"] = "dynamic",
        ["license_file"] = "license_files",
    };

    /// <summary>The fields, in the order of the metadata; the description last.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(string metadata)
    {
        var fields = new List<KeyValuePair<string, string>>();
        using var lines = new StringReader(metadata);
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            if (line[0] is ' ' or '\t' && fields.Count > 0)
            {
                var (name, value) = fields[^1];
                fields[^1] = new(name, value + "\n" + line.Trim());
            }
            else if (line.IndexOf(':') is > 0 and var colon)
            {
                var name = line[..colon].Trim().ToLowerInvariant().Replace('-', '_');
                fields.Add(new(Renamed.GetValueOrDefault(name, name), line[(colon + 1)..].Trim()));
            }
        }
        var body = lines.ReadToEnd().Trim();
        if (body.Length > 0) fields.Add(new("description", body));
        return fields;
    }
}
