using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>The text that somebody gave for a setting.</summary>
/// <param name="Text">The text.</param>
/// <param name="Source">Where it came from.</param>
public sealed record SettingInput(string Text, string Source)
{
    /// <summary>The list in the settings file that it is; null for a single value, and for what does not come from a file.</summary>
    public DocumentNode? List { get; init; }

    /// <summary>The settings file; null for what does not come from one.</summary>
    public string? File { get; init; }
}

/// <summary>Everything that somebody gave for the settings.</summary>
/// <param name="Flags">Values by setting name, from the command line.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="ConfigFile">The settings file named on the command line; null to look for the default one in the data directory.</param>
public sealed record SettingsInput(
    IReadOnlyDictionary<string, string> Flags, IReadOnlyDictionary<string, string> Environment, string? ConfigFile)
{
    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
