using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>
/// Tells a conversation in Slack. An incoming webhook gets a message for each notification. A bot has one message per rollout and keeps it up to date; since that makes
/// no sound, warnings and errors also come as a reply that shows in the conversation.
/// </summary>
internal sealed class SlackNotifier(NotifierHttp http) : INotifier
{
    public string Name => "slack";

    public Type OptionsType => typeof(SlackOptions);

    public bool CanReplace(object options) => ((SlackOptions)options).Token is not null;

    public string Preview(object options, Notification notification) =>
        JsonSending.Show(SlackMessage.Of(notification) with { Channel = ((SlackOptions)options).Conversation }, JsonSending.SnakeCase);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var slack = (SlackOptions)options;
        var message = SlackMessage.Of(notification);
        if (slack.Url is { } url)
        {
            await http.PostToWebhookAsync(url, JsonSerializer.SerializeToUtf8Bytes(message, JsonSending.SnakeCase), cancellationToken);
            return null;
        }

        var api = new SlackApi(http, slack);
        if (SlackReference.Find(earlier) is { } reference && await api.UpdateAsync(reference, message, cancellationToken))
        {
            if (notification.Severity != Severity.Info) await api.PostAsync(SlackMessage.ReplyTo(reference.Ts, notification) with { Channel = reference.Channel }, cancellationToken);
            return earlier;
        }

        if (notification.Event == NotificationEvents.Progress) return earlier; // Nobody needs a new message to know how far it is
        return (await api.PostAsync(message with { Channel = slack.Conversation }, cancellationToken)).ToString();
    }
}
