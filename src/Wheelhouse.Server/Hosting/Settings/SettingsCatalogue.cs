using System.Reflection;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>Every setting of the server, found by the <see cref="SettingsAttribute"/> on the features' options classes.</summary>
public static class SettingsCatalogue
{
    /// <summary>What the names of all environment variables begin with.</summary>
    public const string EnvironmentPrefix = "WHEELHOUSE_";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Setting> All { get; } = Find();

    private static SortedDictionary<string, Setting> Find()
    {
        var all = new SortedDictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var type in typeof(SettingsCatalogue).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<SettingsAttribute>() is not { } group) continue;
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                var setting = new Setting(property, group);
                all.Add(setting.Name, setting);
            }
        }

        return all;
    }
}
