using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>How long locks are kept that no revert needs.</summary>
[Settings("retention")]
public sealed class LockRetentionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    [Description("How long locks are kept that no revert needs.")]
    public TimeSpan Locks { get; set; } = TimeSpan.FromDays(365);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Locks < Shortest) yield return new SettingError(nameof(Locks), "Locks must be kept for a day at least.", "Write 365d, for example.");
    }
}
