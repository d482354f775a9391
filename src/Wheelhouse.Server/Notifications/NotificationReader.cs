using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting;

namespace Wheelhouse.Server.Notifications;

/// <summary>Makes of an event of the log what channels tell of it. It knows the event log alone, so that a notification of long ago can be made again.</summary>
public sealed class NotificationReader(EventReader events, ServerAddress address)
{
    /// <summary>What there is to tell of an event, without title and text; null when it is never told.</summary>
    /// <param name="view">The event.</param>
    /// <param name="channel">The name of the channel.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Notification?> FindAsync(EventView view, string channel, CancellationToken cancellationToken)
    {
        if (NotificationEvents.NameOf(view) is not { } name) return null;
        var facts = view.Rollout is null ? null : await TellAsync(view.Rollout, view.Id, cancellationToken);
        if (view.Rollout is not null && facts is null) return null;
        return Describe(new Notification
        {
            Id = $"msg_{channel}_{view.Id}",
            Event = name,
            Severity = NotificationEvents.SeverityOf(name),
            At = view.At,
            Service = view.Service,
            Environment = view.Environment,
            Rollout = facts,
            Build = BuildFacts.Read(view),
            Message = view.Message,
            Link = Page(""),
        });
    }

    /// <summary>Adds the pages to look at.</summary>
    internal Notification Describe(Notification notification) => notification with
    {
        Link = notification switch
        {
            { Rollout: { } rollout } => Page($"rollouts/{rollout.Id}"),
            { Build: { } build } => Page($"builds/{build.Id}"),
            { Service: { } service, Environment: { } environment } => Page($"services/{service}/{environment}"),
            { Service: { } service } when notification.Event != EventTypes.ServiceDeleted => Page($"services/{service}"),
            _ when EventTypes.IsOfIndex(notification.Event) => Page("packages"),
            _ => Page(""),
        },
        Rollout = notification.Rollout is { From: not null, Kind: not RolloutKinds.Revert } taken
            ? taken with { RevertLink = Page($"services/{notification.Service}/{notification.Environment}?ask=revert") }
            : notification.Rollout,
    };

    private async Task<RolloutFacts?> TellAsync(string rollout, long upTo, CancellationToken cancellationToken) =>
        RolloutStory.Tell(await events.ReadOfRolloutAsync(rollout, RolloutStory.Types, upTo, cancellationToken));

    private Uri Page(string path) => new($"{address.PublicText}/{path}");
}
