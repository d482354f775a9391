using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>The two methods of Slack's Web API that are used. It answers with status 200 also when it did nothing.</summary>
internal sealed class SlackApi(NotifierHttp http, SlackOptions options)
{
    /// <summary>Posts a message.</summary>
    public async Task<SlackReference> PostAsync(SlackMessage message, CancellationToken cancellationToken) => await CallAsync("chat.postMessage", message, cancellationToken) switch
    {
        { Ok: true, Channel: { } channel, Ts: { } ts } => new SlackReference(channel, ts),
        { Ok: true } => throw new NotifierException("Slack took the message, but did not say how it is found again.", "See whether 'api' is the address of a Web API as Slack has it."),
        var failed => throw SlackErrors.Explain("chat.postMessage", failed.Error, options),
    };

    /// <summary>Replaces a message.</summary>
    /// <returns>False when it cannot be replaced.</returns>
    public async Task<bool> UpdateAsync(SlackReference reference, SlackMessage message, CancellationToken cancellationToken) =>
        await CallAsync("chat.update", message with { Channel = reference.Channel, Ts = reference.Ts }, cancellationToken) switch
        {
            { Ok: true } => true,
            { Error: { } error } when SlackErrors.IsGone(error) => false,
            var failed => throw SlackErrors.Explain("chat.update", failed.Error, options),
        };

    private async Task<Reply> CallAsync(string method, SlackMessage message, CancellationToken cancellationToken)
    {
        var url = ServerUrl.Join(options.Api ?? SlackOptions.DefaultApi, method);
        var text = await http.SendWithTokenAsync(HttpMethod.Post, url, options.Token!, JsonSerializer.SerializeToUtf8Bytes(message, JsonSending.SnakeCase), cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<Reply>(text, JsonSending.SnakeCase) ?? new Reply(Ok: false, Error: null, Channel: null, Ts: null);
        }
        catch (JsonException)
        {
            throw new NotifierException($"{url.Authority} answered {method} with something that is not JSON.", "See whether 'api' is the address of a Web API as Slack has it, and whether a proxy answers in its place.");
        }
    }

    private sealed record Reply(bool Ok, string? Error, string? Channel, string? Ts);
}
