using System.IO.Enumeration;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>What a channel tells: an event that fits in every respect.</summary>
/// <param name="Services">Names of services, in which <c>*</c> stands for any characters; empty means all, and events of none.</param>
/// <param name="Environments">Names of environments, in the same way.</param>
/// <param name="Events">Some of <see cref="NotificationEvents.All"/>.</param>
/// <param name="Severity">Only what matters so much or more.</param>
public sealed record ChannelRule(IReadOnlyList<string> Services, IReadOnlyList<string> Environments, IReadOnlyList<string> Events, Severity Severity)
{
    /// <summary>Whether an event fits.</summary>
    public bool Fits(string name, string? service, string? environment) =>
        Events.Contains(name) && NotificationEvents.SeverityOf(name) >= Severity && Fits(Services, service) && Fits(Environments, environment);

    private static bool Fits(IReadOnlyList<string> patterns, string? name) =>
        patterns.Count == 0 || (name is not null && patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)));
}
