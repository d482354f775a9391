using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using Wheelhouse.Python.Names;

namespace Wheelhouse.Server.Index.Upstreams.Settings;

/// <summary>A pattern of project names such as <c>acme-*</c>, in which <c>*</c> stands for any characters or none. It holds for every spelling of a name.</summary>
internal sealed class NamePattern
{
    private readonly string _normalized;

    private NamePattern(string text)
    {
        Text = text;
        _normalized = ProjectName.Normalize(text);
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern: what names are made of, and <c>*</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NamePattern? pattern)
    {
        pattern = ProjectName.IsValid(text.Replace('*', 'x')) ? new NamePattern(text) : null;
        return pattern is not null;
    }

    /// <summary>Reads patterns that were found to be valid.</summary>
    public static IReadOnlyList<NamePattern> ReadAll(IEnumerable<string> texts) => [.. texts.Select(text => new NamePattern(text))];

    /// <summary>Whether a normalised name fits.</summary>
    public bool Matches(string project) => FileSystemName.MatchesSimpleExpression(_normalized, project, ignoreCase: false);
}
