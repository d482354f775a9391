using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>How long it is kept what channels told.</summary>
[Settings("retention")]
public sealed class DeliveryRetentionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    [Description("How long deliveries of notifications are kept after their last attempt, those that were set aside too.")]
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Deliveries < Shortest) yield return new SettingError(nameof(Deliveries), "Deliveries must be kept for a day at least.", "Write 90d, for example.");
    }
}
