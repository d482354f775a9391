using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>Puts the settings together: flags over environment variables over the file over the defaults. Reports every error at once.</summary>
public static class SettingsLoader
{
    private const string Default = "default";

    /// <summary>Environment variables of the same prefix that belong to the client.</summary>
    private static readonly HashSet<string> ClientVariables = ["WHEELHOUSE_URL", "WHEELHOUSE_TOKEN", "WHEELHOUSE_CA"];

    /// <summary>Loads and validates the settings.</summary>
    /// <exception cref="SettingsException">Something is wrong; it names every error.</exception>
    public static ServerSettings Load(SettingsInput input)
    {
        var problems = new List<SettingProblem>();
        var warnings = new List<string>();
        var values = File(input, problems);
        foreach (var (name, value) in Environment(input.Environment, warnings)) values[name] = value;
        foreach (var (name, text) in input.Flags)
        {
            values[name] = new SettingInput(text, SettingsCatalogue.All.GetValueOrDefault(name)?.Flag ?? name);
        }

        var options = Fill(values, problems);
        foreach (var instance in options.Values) Check(instance, options, values, problems);
        return problems.Count == 0 ? new ServerSettings(options, warnings) : throw new SettingsException(problems);
    }

    private static Dictionary<string, SettingInput> File(SettingsInput input, List<SettingProblem> problems)
    {
        var data = SettingsCatalogue.All["data"];
        var directory = input.Flags.GetValueOrDefault(data.Name) ?? input.Environment.GetValueOrDefault(data.EnvironmentVariable) ?? new ServerOptions().Data;
        var path = input.ConfigFile ?? Path.Combine(directory, SettingsFile.DefaultName);
        if (input.ConfigFile is null && !System.IO.File.Exists(path)) return [];
        var values = SettingsFile.Read(path, problems);
        foreach (var (name, value) in values.Where(value => !SettingsCatalogue.All.ContainsKey(value.Key)))
        {
            problems.Add(new SettingProblem(name, value.Source, "There is no such setting.", "See 'wheelhouse-server run --help' for their names."));
        }

        if (input.ConfigFile is null && values.TryGetValue(data.Name, out var nested))
        {
            problems.Add(new SettingProblem(data.Name, nested.Source, "A file in the data directory cannot name another data directory.", "Use --data."));
        }

        return values;
    }

    private static Dictionary<string, SettingInput> Environment(IReadOnlyDictionary<string, string> environment, List<string> warnings)
    {
        var settings = SettingsCatalogue.All.Values.ToDictionary(setting => setting.EnvironmentVariable);
        var values = new Dictionary<string, SettingInput>(StringComparer.Ordinal);
        foreach (var (variable, text) in environment)
        {
            if (!variable.StartsWith(SettingsCatalogue.EnvironmentPrefix, StringComparison.Ordinal) || text.Length == 0) continue;
            if (settings.TryGetValue(variable, out var setting)) values[setting.Name] = new SettingInput(text, variable);
            else if (!ClientVariables.Contains(variable)) warnings.Add($"The environment variable {variable} is no setting and is ignored.");
        }

        return values;
    }

    private static Dictionary<Type, object> Fill(Dictionary<string, SettingInput> values, List<SettingProblem> problems)
    {
        var options = SettingsCatalogue.All.Values.Select(setting => setting.Property.DeclaringType!).Distinct()
            .ToDictionary(type => type, type => Activator.CreateInstance(type)!);
        foreach (var setting in SettingsCatalogue.All.Values)
        {
            if (!values.TryGetValue(setting.Name, out var input)) continue;
            if (SettingList.IsOne(setting.Property.PropertyType))
            {
                if (SettingList.Read(setting, input, problems) is { } list) setting.Property.SetValue(options[setting.Property.DeclaringType!], list);
            }
            else if (input.List is ListNode { Items: var items } && items.Any(item => item is not ScalarNode))
            {
                problems.Add(new SettingProblem(setting.Name, input.Source, "This is not a setting.", "Write a list of single values."));
            }
            else if (SettingText.TryRead(input.Text, setting.Property.PropertyType, out var value) is { } expected)
            {
                var shown = setting.IsSecret ? "The value" : $"'{input.Text}'";
                problems.Add(new SettingProblem(setting.Name, input.Source, $"{shown} is not {expected}.", $"Write {expected}."));
            }
            else
            {
                setting.Property.SetValue(options[setting.Property.DeclaringType!], value);
            }
        }

        return options;
    }

    private static void Check(
        object instance, Dictionary<Type, object> options, Dictionary<string, SettingInput> values, List<SettingProblem> problems)
    {
        var type = instance.GetType();
        var names = SettingsCatalogue.All.Values.Where(setting => setting.Property.DeclaringType == type)
            .ToDictionary(setting => setting.Property.Name, setting => setting.Name);
        void Add(string property, string message, string? fix)
        {
            var name = names.GetValueOrDefault(property, property);
            problems.Add(new SettingProblem(name, values.GetValueOrDefault(name)?.Source ?? Default, message, fix));
        }

        foreach (var (property, name) in names)
        {
            var value = type.GetProperty(property)!.GetValue(instance);
            foreach (var rule in type.GetProperty(property)!.GetCustomAttributes<ValidationAttribute>().Where(rule => !rule.IsValid(value)))
            {
                Add(property, $"{rule.FormatErrorMessage(name)} It is {value} now.", null);
            }
        }

        if (instance is not IValidatableObject checkable) return;
        foreach (var error in checkable.Validate(new ValidationContext(instance, options.ToDictionary(other => (object)other.Key, other => (object?)other.Value))))
        {
            Add(error.MemberNames.First(), error.ErrorMessage!, (error as SettingError)?.Fix);
        }
    }
}
