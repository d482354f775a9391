using System.Text.Json;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Mattermost;

/// <summary>
/// Tells a channel in Mattermost. An incoming webhook gets a message for each notification. A bot has one message per rollout and keeps it up to date; since that
/// makes no sound, warnings and errors also come as a short message of their own.
/// </summary>
internal sealed class MattermostNotifier(NotifierHttp http) : INotifier
{
    public string Name => "mattermost";

    public Type OptionsType => typeof(MattermostOptions);

    public bool CanReplace(object options) => ((MattermostOptions)options).Token is not null;

    public string Preview(object options, Notification notification) => JsonSending.Show(MattermostAttachments.Of(notification), JsonSending.SnakeCase);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var mattermost = (MattermostOptions)options;
        var message = MattermostAttachments.Of(notification);
        if (mattermost.Url is { } url)
        {
            await PostAsync(url, message, cancellationToken);
            return null;
        }

        var api = new MattermostApi(http, mattermost);
        if (earlier is not null && MattermostOptions.MattermostId.IsMatch(earlier) && await api.PatchAsync(earlier, message, cancellationToken))
        {
            if (notification.Severity != Severity.Info) await api.PostAsync(MattermostAttachments.WordsOf(notification), cancellationToken);
            return earlier;
        }

        if (notification.Event == NotificationEvents.Progress) return earlier; // Nobody needs a new message to know how far it is
        return await api.PostAsync(message, cancellationToken);
    }

    private async Task PostAsync(SecretName url, MattermostAttachments message, CancellationToken cancellationToken)
    {
        try
        {
            await http.PostToWebhookAsync(url, JsonSerializer.SerializeToUtf8Bytes(message, JsonSending.SnakeCase), cancellationToken);
        }
        catch (NotifierException flaw) when (flaw.Status == 400 && flaw.Message.Contains("web.incoming_webhook.invalid", StringComparison.Ordinal))
        {
            // Elsewhere 400 refuses the message; Mattermost says it also of a webhook that was deleted, which another one can replace.
            throw new NotifierException(flaw.Message, $"Make a new incoming webhook and set its address: wheelhouse secrets set {url.Name}") { Status = flaw.Status };
        }
    }
}
