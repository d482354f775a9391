using System.Text;

namespace Wheelhouse.Server.Documents;

/// <summary>A text with one YAML document or more, all of one kind.</summary>
public static class DocumentFile
{
    /// <summary>How large it may be, in bytes of UTF-8: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Opens every document that is a map; whatever is none is reported, and a text without any too.</summary>
    /// <param name="yaml">The text, with or without a byte order mark.</param>
    /// <param name="kind">What the documents describe, which is also their first key, such as <c>service</c>.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>Each with its own part of the text.</returns>
    public static IReadOnlyList<(MapReader Map, string Text)> Open(string yaml, string kind, DocumentErrors errors)
    {
        if (Encoding.UTF8.GetByteCount(yaml) > MaxBytes)
        {
            errors.Add(1, 1, "", "The file is larger than 1 MiB.", "Split it into several files.");
            return [];
        }

        var found = new List<(MapReader, string)>();
        foreach (var (root, text) in YamlComposer.Compose(yaml.TrimStart('\uFEFF'), errors))
        {
            if (root is not null && MapReader.Open(root, "", errors) is { } map) found.Add((map, text));
        }

        if (found.Count == 0 && errors.Count == 0) errors.Add(1, 1, "", $"The file has no {kind}.", $"Begin it with '{kind}: NAME'.");
        return found;
    }
}
