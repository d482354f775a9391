namespace Wheelhouse.Python.SimpleApi;

/// <summary>Reads the HTML page of a project (PEP 503) that any index wrote. Links without a SHA-256 are left out: nobody could verify what they lead to.</summary>
public static class SimpleHtmlReader
{
    private const string HashPrefix = "sha256=";

    /// <summary>Reads a page.</summary>
    /// <param name="name">The project's name, which HTML does not say.</param>
    /// <param name="html">The page.</param>
    /// <exception cref="PythonFormatException">It is of another major version of the API (PEP 629).</exception>
    public static SimpleProject Read(string name, string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var files = new List<SimpleFile>();
        var meta = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in HtmlTag.In(html))
        {
            if (tag.Name is "meta" && tag.Find("name") is { } property) meta.TryAdd(property, tag.Find("content") ?? "");
            else if (tag.Name is "a" && ReadFile(tag) is { } file) files.Add(file);
        }

        if (meta.TryGetValue("pypi:repository-version", out var version) && version.Split('.')[0] is not "1")
            throw new PythonFormatException($"The page is of version {PythonText.Quote(version)} of the simple API, not of 1.x.");
        return new(name, [], files)
        {
            Status = meta.GetValueOrDefault("pypi:project-status", "active"),
            StatusReason = meta.GetValueOrDefault("pypi:project-status-reason"),
        };
    }

    private static SimpleFile? ReadFile(HtmlTag link)
    {
        if (link.Find("href")?.Split('#', 2) is not [var url, var fragment]) return null;
        var hash = Array.Find(fragment.Split('&'), part => part.StartsWith(HashPrefix, StringComparison.Ordinal));
        if (hash is null || PythonText.Sha256(hash[HashPrefix.Length..]) is not { } sha256) return null;
        return new SimpleFile
        {
            FileName = link.Text,
            Url = url,
            Sha256 = sha256,
            Size = null,
            UploadTime = null,
            RequiresPython = link.Find("data-requires-python"),
            MetadataSha256 = Metadata(link.Find("data-core-metadata") ?? link.Find("data-dist-info-metadata")),
            Yanked = link.Find("data-yanked"),
        };
    }

    private static string? Metadata(string? attribute) =>
        attribute?.StartsWith(HashPrefix, StringComparison.Ordinal) == true ? PythonText.Sha256(attribute[HashPrefix.Length..]) : null;
}
