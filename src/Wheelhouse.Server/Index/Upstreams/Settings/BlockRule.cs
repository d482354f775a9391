using System.Diagnostics.CodeAnalysis;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Index.Upstreams.Settings;

/// <summary>What is never taken from an upstream: a project, <c>evil</c> or <c>evil-*</c>, or one release of it, <c>requests==2.5.0</c>.</summary>
internal sealed class BlockRule
{
    private readonly NamePattern _name;
    private readonly PythonVersion? _version;

    private BlockRule(string text, NamePattern name, PythonVersion? version) => (Text, _name, _version) = (text, name, version);

    /// <summary>The rule as written.</summary>
    public string Text { get; }

    /// <summary>Reads a rule.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BlockRule? rule)
    {
        rule = null;
        var parts = text.Split("==", 2, StringSplitOptions.TrimEntries);
        if (!NamePattern.TryParse(parts[0], out var name)) return false;
        if (parts.Length == 1) rule = new(text, name, version: null);
        else if (PythonVersion.TryParse(parts[1], out var version)) rule = new(text, name, version);
        return rule is not null;
    }

    /// <summary>Whether a whole project is blocked.</summary>
    public bool Blocks(string project) => _version is null && _name.Matches(project);

    /// <summary>Whether a release is blocked.</summary>
    public bool Blocks(string project, PythonVersion version) => _name.Matches(project) && (_version is null || _version == version);
}
