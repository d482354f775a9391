namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>
/// Makes the properties of an options class settings of the server: they get names in the file, the environment and the flags, are validated
/// at start, and are injected as <see cref="Microsoft.Extensions.Options.IOptions{TOptions}"/>. Nothing else has to be registered.
/// A property's <see cref="System.ComponentModel.DescriptionAttribute"/> is its help; validation attributes and
/// <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/> are its rules; the other options classes are, by type, among the
/// items of the validation's context.
/// </summary>
/// <param name="prefix">What stands before the names of its settings, such as <c>nodes</c> in <c>nodes.parallel_starts</c>; empty for none.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsAttribute(string prefix) : Attribute
{
    public string Prefix { get; } = prefix;
}

/// <summary>Marks a setting that is a secret: it has no flag, since everybody on the machine can read the arguments of a process.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
