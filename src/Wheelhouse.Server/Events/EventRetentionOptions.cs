using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Events;

/// <summary>How long the event log is kept. Reverts do not need it: releases, locks and rollouts have records of their own.</summary>
[Settings("retention")]
public sealed class EventRetentionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    [Description("How long events are kept.")]
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(365);

    [Description("How long the lines are kept that commands on nodes printed.")]
    public TimeSpan NodeLogs { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Events < Shortest) yield return new SettingError(nameof(Events), "Events must be kept for a day at least.", "Write 365d, for example.");
        if (NodeLogs < Shortest) yield return new SettingError(nameof(NodeLogs), "Node logs must be kept for a day at least.", "Write 30d, for example.");
    }
}
