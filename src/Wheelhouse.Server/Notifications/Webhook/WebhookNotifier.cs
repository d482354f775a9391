using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Webhook;

/// <summary>Sends JSON to any address, with the headers and signature of Standard Webhooks, by which a receiver knows the sender and recognises a repeat.</summary>
internal sealed class WebhookNotifier(NotifierHttp http, TimeProvider time) : INotifier
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Readable = new(Json) { WriteIndented = true };

    public string Name => "webhook";

    public Type OptionsType => typeof(WebhookOptions);

    public string Preview(object options, Notification notification) => JsonSerializer.Serialize(WebhookBody.Of(notification), Readable);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var webhook = (WebhookOptions)options;
        var body = JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(notification), Json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", notification.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        var secret = webhook.Secret is null ? null : await http.ReadSecretAsync(webhook.Secret, cancellationToken);
        if (secret is not null) request.Headers.Add("webhook-signature", StandardWebhook.Sign(secret, notification.Id, timestamp, body));
        await http.SendAsync(request, secret is null ? [] : [secret], cancellationToken);
        return null;
    }
}
