using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Teams;

/// <summary>A channel or chat in Microsoft Teams; see <see cref="TeamsNotifier"/>.</summary>
public sealed record TeamsOptions
{
    /// <summary>The address of the workflow's trigger, "When a Teams webhook request is received".</summary>
    public required SecretName Url { get; init; }
}
