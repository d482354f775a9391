using System.CommandLine;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Hosting.Commands;

/// <summary>A flag for every setting that is not a secret, and <c>--config</c>.</summary>
/// <param name="names">Only settings with these names, or below them; none for all. The others come from the file and the environment all the same.</param>
internal sealed class SettingsFlags(params string[] names)
{
    private readonly Option<string> _config = new("--config") { Description = $"The settings file (YAML). Default: {SettingsFile.DefaultName} in the data directory.", HelpName = "FILE" };

    private readonly Dictionary<string, Option<string[]>> _flags = SettingsCatalogue.All.Values
        .Where(setting => !setting.IsSecret && (names.Length == 0 || Array.Exists(names, name => setting.Name == name || setting.Name.StartsWith(name + ".", StringComparison.Ordinal))))
        .ToDictionary(setting => setting.Name, setting => new Option<string[]>(setting.Flag!)
        {
            Description = setting.Description,
            AllowMultipleArgumentsPerToken = setting.Property.PropertyType == typeof(string[]),
            HelpName = setting.Property.PropertyType == typeof(bool) ? "true|false" : "VALUE",
            Arity = setting.Property.PropertyType == typeof(bool) ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        });

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_config);
        foreach (var flag in _flags.Values) command.Add(flag);
    }

    /// <summary>Loads the settings with what the command line says.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public ServerSettings Load(ParseResult parsed)
    {
        var given = _flags.Where(flag => parsed.GetResult(flag.Value) is { Implicit: false })
            .ToDictionary(flag => flag.Key, flag => Text(SettingsCatalogue.All[flag.Key], parsed.GetValue(flag.Value) ?? []));
        return SettingsLoader.Load(new SettingsInput(given, SettingsInput.ProcessEnvironment(), parsed.GetValue(_config)));
    }

    /// <summary>A list takes all the values, a switch alone means true, and otherwise the last one counts.</summary>
    private static string Text(Setting setting, string[] values) =>
        setting.Property.PropertyType == typeof(string[]) ? string.Join(',', values) : values.LastOrDefault() ?? "true";
}
