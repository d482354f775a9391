using Tomlyn;
using Tomlyn.Model;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>What <c>[tool.wheelhouse]</c> of a commit's pyproject.toml says; a null member says nothing.</summary>
/// <param name="Refs">Which branches and tags are built.</param>
/// <param name="Test">The command that runs the tests.</param>
/// <param name="Version">Where the version comes from.</param>
internal sealed record CommitSettings(RefPatterns Refs, string? Test, VersionSource? Version)
{
    private const string Code = "bad_settings";
    private const string Table = "[tool.wheelhouse]";
    private static readonly string[] Keys = ["branches", "tags", "test", "version"];

    /// <summary>Those of the project's document that whoever pushes must not decide.</summary>
    private static readonly string[] Elsewhere = ["project", "repository", "credentials", "webhook", "statuses", "host", "folder", "network", "limits", "parallel", "poll"];

    /// <summary>Says nothing.</summary>
    public static CommitSettings None { get; } = new(new RefPatterns(null, null), null, null);

    /// <summary>Reads them.</summary>
    /// <param name="text">The pyproject.toml; null when the commit has none.</param>
    /// <exception cref="BuildFault">It is not TOML, or a setting is wrong: the message names key and line.</exception>
    public static CommitSettings Read(string? text)
    {
        if (text is null) return None;
        TomlTable all;
        try
        {
            all = TomlSerializer.Deserialize<TomlTable>(text) ?? [];
        }
        catch (TomlException e)
        {
            throw new BuildFault(Code, $"The pyproject.toml is not TOML: line {e.Line ?? 1}, column {e.Column ?? 1} cannot be read.", "Correct it.");
        }

        if (!all.TryGetValue("tool", out var tool) || tool is not TomlTable tools || !tools.TryGetValue("wheelhouse", out var own)) return None;
        if (own is not TomlTable table) throw new BuildFault(Code, "'tool.wheelhouse' in pyproject.toml must be a table.", $"Write {Table} and its keys below.");
        foreach (var key in table.Keys) CheckKey(text, key);
        return new CommitSettings(new RefPatterns(ReadTexts(text, table, "branches"), ReadTexts(text, table, "tags")), ReadTest(text, table), ReadVersion(text, table));
    }

    private static void CheckKey(string text, string key)
    {
        if (Keys.Contains(key)) return;
        throw Elsewhere.Contains(key)
            ? Wrong(text, key, $"'{key}' cannot be set in the repository, where everybody who pushes could change it.", "Set it in the project's document on the server.")
            : Wrong(text, key, $"'{key}' is not a known key.", Suggestion.Fix(key, Keys));
    }

    private static string? ReadTest(string text, TomlTable table)
    {
        if (!table.TryGetValue("test", out var value)) return null;
        if (value is not string command) throw Wrong(text, "test", "'test' must be text.", "Write test = \"pytest -q\".");
        return BuildProjectParser.CheckCommand(command) is { } flaw ? throw Wrong(text, "test", flaw.Message, flaw.Fix) : command;
    }

    private static VersionSource? ReadVersion(string text, TomlTable table)
    {
        if (!table.TryGetValue("version", out var value)) return null;
        return value switch
        {
            "project" => VersionSource.Project,
            "tags" => VersionSource.Tags,
            _ => throw Wrong(text, "version", "'version' must be \"project\" or \"tags\".", "Write version = \"tags\"."),
        };
    }

    private static IReadOnlyList<string>? ReadTexts(string text, TomlTable table, string key)
    {
        if (!table.TryGetValue(key, out var value)) return null;
        return value is TomlArray array && array.All(item => item is string { Length: > 0 })
            ? [.. array.OfType<string>()]
            : throw Wrong(text, key, $"'{key}' must be a list of texts.", $"Write {key} = [\"{(key == "tags" ? "v*" : "main")}\"].");
    }

    private static BuildFault Wrong(string text, string key, string message, string? fix) => new(Code, $"pyproject.toml, line {LineOf(text, key)}, {Table}: {message}", fix);

    /// <summary>The line of a key of the table, or of the table's own when it is written in another way.</summary>
    private static int LineOf(string text, string key)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).ToList();
        var start = lines.FindIndex(line => line.Replace(" ", "", StringComparison.Ordinal).StartsWith(Table, StringComparison.Ordinal));
        if (start < 0) return Math.Max(1, lines.FindIndex(line => line.Contains("wheelhouse", StringComparison.Ordinal)) + 1);
        var found = lines.FindIndex(start + 1, line => line.TrimStart('"', '\'').StartsWith(key, StringComparison.Ordinal));
        return (found < 0 ? start : found) + 1;
    }
}
