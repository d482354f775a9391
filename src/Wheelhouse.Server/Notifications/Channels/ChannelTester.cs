using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Deliveries;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>Shows what a channel would send, and sends examples.</summary>
internal sealed class ChannelTester(NotificationReader notifications, NotificationSender sender, TimeProvider time)
{
    /// <summary>What a channel would send of an event; of everything it tells when no event is named.</summary>
    public IReadOnlyList<NotificationPreview> Preview(ChannelDocument channel, string? name)
    {
        if (name is not null) Check(name);
        var names = name is not null ? [name] : NotificationEvents.All.Where(one => channel.Rules.Any(rule => rule.Events.Contains(one)));
        return [.. names.Select(one => Example(channel, one)).Select(notification => new NotificationPreview(
            channel.Name, notification.Event, notification.Title, notification.Text, channel.Notifier.Preview(channel.Options, notification)))];
    }

    /// <summary>Sends an example now, beside the queue.</summary>
    public async Task<TestMessageResult> SendAsync(ChannelDocument channel, string name, CancellationToken cancellationToken)
    {
        Check(name);
        var began = time.GetTimestamp();
        try
        {
            var notification = Example(channel, name) with { Id = $"msg_{channel.Name}_test_{time.GetUtcNow().UtcTicks}", At = time.GetUtcNow() };
            await sender.SendAsync(channel, notification with { Title = $"Test: {notification.Title}" }, earlier: null, cancellationToken);
            return new TestMessageResult(Sent: true, (int)time.GetElapsedTime(began).TotalMilliseconds, Error: null, Fix: null);
        }
        catch (NotifierException flaw)
        {
            return new TestMessageResult(Sent: false, (int)time.GetElapsedTime(began).TotalMilliseconds, flaw.Message, flaw.Fix);
        }
    }

    private Notification Example(ChannelDocument channel, string name) => channel.Templates.Render(notifications.Describe(Examples.Of(name)));

    private static void Check(string name)
    {
        if (!NotificationEvents.All.Contains(name) && name != NotificationEvents.Progress)
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"There is no event named '{name}'.", Documents.Suggestion.Fix(name, NotificationEvents.All));
    }
}
