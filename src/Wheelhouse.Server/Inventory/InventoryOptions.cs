using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Inventory;

/// <summary>Settings of the inventories.</summary>
[Settings("inventory")]
public sealed class InventoryOptions : IValidatableObject
{
    /// <summary>
    /// The directories, and nothing outside them, in which the programs, keys, tokens and files must lie that a service document names: whoever may apply
    /// a document shall not thereby read or run whatever the server could. Default <c>/etc/wheelhouse</c>.
    /// </summary>
    [Description("The directories in which the programs, keys, tokens and files must lie that inventories in service documents name.")]
    public string[] Paths { get; set; } = ["/etc/wheelhouse"];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var path in Paths.Where(path => !Path.IsPathFullyQualified(path)))
            yield return new SettingError(nameof(Paths), $"'{path}' is not an absolute path.", "Write it from '/' on.");
    }
}
