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

    /// <summary>How long one inventory may take to answer. Default 30 s.</summary>
    [Description("How long one inventory may take to answer.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the inventories are asked while nobody deploys, so that the pages show new nodes; zero for never. Default 5 minutes.</summary>
    [Description("How often the inventories are asked while nobody deploys, so that new nodes are seen; `0s` for never.")]
    public TimeSpan Refresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var path in Paths.Where(path => !Path.IsPathFullyQualified(path)))
            yield return new SettingError(nameof(Paths), $"'{path}' is not an absolute path.", "Write it from '/' on.");
        if (Timeout < TimeSpan.FromSeconds(1)) yield return new SettingError(nameof(Timeout), "An inventory needs a second at least.", "Write 30s, for example.");
        if (Refresh != TimeSpan.Zero && Refresh < TimeSpan.FromSeconds(1))
            yield return new SettingError(nameof(Refresh), "The inventories cannot be asked more often than once a second.", "Write 5m, for example, or 0s for never.");
    }
}
