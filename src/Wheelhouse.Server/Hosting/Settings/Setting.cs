using System.ComponentModel;
using System.Reflection;
using System.Text.Json;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>One setting: a property of an options class.</summary>
/// <param name="Property">The property.</param>
/// <param name="Group">The attribute of its class.</param>
public sealed record Setting(PropertyInfo Property, SettingsAttribute Group)
{
    /// <summary>The name in the file and in messages, such as <c>nodes.parallel_starts</c>.</summary>
    public string Name { get; } = (Group.Prefix.Length == 0 ? "" : Group.Prefix + ".") + JsonNamingPolicy.SnakeCaseLower.ConvertName(Property.Name);

    /// <summary>Such as <c>WHEELHOUSE_NODES_PARALLEL_STARTS</c>.</summary>
    public string EnvironmentVariable => SettingsCatalogue.EnvironmentPrefix + Name.Replace('.', '_').ToUpperInvariant();

    /// <summary>Such as <c>--nodes-parallel-starts</c>; null for a secret.</summary>
    public string? Flag => IsSecret ? null : "--" + Name.Replace('.', '-').Replace('_', '-');

    /// <summary>Whether the value must not appear anywhere.</summary>
    public bool IsSecret => Property.IsDefined(typeof(SecretAttribute));

    /// <summary>What it does, in a sentence or two.</summary>
    public string Description => Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
}
