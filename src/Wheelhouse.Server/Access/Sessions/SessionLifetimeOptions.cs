using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>How long people stay signed in to the pages.</summary>
[Settings("sessions")]
public sealed class SessionLifetimeOptions : IValidatableObject
{
    /// <summary>When a session was last used is kept to the minute.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    [Description("After how long without use a session ends.")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(12);

    [Description("How long a session lasts at most.")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Idle < Shortest) yield return new SettingError(nameof(Idle), "A session must last 5 minutes at least.", "Write 12h, for example.");
        if (Lifetime < Idle)
            yield return new SettingError(nameof(Lifetime), "A session cannot end before it is idle.", "Write 14d, for example, or shorten sessions.idle.");
    }
}
