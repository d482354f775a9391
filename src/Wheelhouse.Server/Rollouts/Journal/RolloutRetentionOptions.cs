using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>How long the records of rollouts are kept that no revert needs. Each counts from the rollout's end.</summary>
[Settings("retention")]
public sealed class RolloutRetentionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    [Description("How long rollouts and what became of their nodes are kept that no revert needs.")]
    public TimeSpan Rollouts { get; set; } = TimeSpan.FromDays(730);

    [Description("How long plans are kept that were asked for without a rollout.")]
    public TimeSpan Plans { get; set; } = TimeSpan.FromDays(7);

    [Description("How long the single steps of a rollout are kept after it ended.")]
    public TimeSpan Steps { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rollouts < Shortest) yield return new SettingError(nameof(Rollouts), "Rollouts must be kept for a day at least.", "Write 730d, for example.");
        if (Plans < Shortest) yield return new SettingError(nameof(Plans), "Plans must be kept for a day at least.", "Write 7d, for example.");
        if (Steps < Shortest) yield return new SettingError(nameof(Steps), "Steps must be kept for a day at least.", "Write 90d, for example.");
    }
}
