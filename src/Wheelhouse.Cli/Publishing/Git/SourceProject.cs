using System.Text.RegularExpressions;
using Tomlyn;
using Tomlyn.Model;

namespace Wheelhouse.Cli.Publishing.Git;

/// <summary>Knows which project a folder of a working tree is the source of.</summary>
internal static partial class SourceProject
{
    /// <summary>
    /// The name in the nearest <c>pyproject.toml</c> at or above a folder, up to the root of its working tree; null when none says a name, as in projects
    /// that have only a setup.py.
    /// </summary>
    public static string? FindName(string directory)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, "pyproject.toml");
            if (File.Exists(file)) return ReadName(File.ReadAllText(file));
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return null;
        }

        return null;
    }

    /// <summary>Whether two names are one on an index (PEP 503).</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(Separators().Replace(one, "-"), Separators().Replace(other, "-"), StringComparison.OrdinalIgnoreCase);

    private static string? ReadName(string text)
    {
        if (!TomlSerializer.TryDeserialize<TomlTable>(text, out var document)) return null;
        return Find(document, "project", "name") ?? Find(document, "tool", "poetry", "name");
    }

    private static string? Find(TomlTable table, params ReadOnlySpan<string> path)
    {
        foreach (var key in path[..^1])
        {
            if (!table.TryGetValue(key, out var value) || value is not TomlTable inner) return null;
            table = inner;
        }

        return table.TryGetValue(path[^1], out var name) ? name as string : null;
    }

    [GeneratedRegex("[-_.]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();
}
