using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Mattermost;

/// <summary>The two methods of Mattermost's REST API that are used.</summary>
internal sealed class MattermostApi(NotifierHttp http, MattermostOptions options)
{
    private const string OtherServer = "Correct 'server': it is what stands before /api/v4 in the address of the API.";

    /// <summary>Posts a message.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> PostAsync(MattermostAttachments message, CancellationToken cancellationToken)
    {
        var text = await SendAsync(HttpMethod.Post, "posts", new MattermostPost(message) { ChannelId = options.ChannelId, Message = "" }, cancellationToken);
        return FindId(text) ?? throw new NotifierException($"{options.Server} took a message, but did not answer as Mattermost does.", OtherServer);
    }

    /// <summary>Replaces a message.</summary>
    /// <returns>False when it cannot be replaced: it was deleted, or is too old to be edited, or is another's.</returns>
    public async Task<bool> PatchAsync(string id, MattermostAttachments message, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Put, $"posts/{id}/patch", new MattermostPost(message), cancellationToken);
            return true;
        }
        catch (NotifierException flaw) when (flaw.Status is 400 or 403 or 404)
        {
            return false;
        }
    }

    private async Task<string> SendAsync(HttpMethod method, string path, MattermostPost post, CancellationToken cancellationToken)
    {
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(post, JsonSending.SnakeCase);
            return await http.SendWithTokenAsync(method, ServerUrl.Join(options.Server!, $"api/v4/{path}"), options.Token!, body, cancellationToken);
        }
        catch (NotifierException flaw) when (flaw.Status is 401 or 403 or 404)
        {
            throw flaw.WithFix(flaw.Status switch
            {
                401 => $"Set the token of the bot account: wheelhouse secrets set {options.Token!.Name}",
                403 => "Add the bot account to the team and to the channel, and see whether 'channel_id' is the channel's.",
                _ => OtherServer,
            });
        }
    }

    private static string? FindId(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<Posted>(answer, JsonSending.SnakeCase)?.Id;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Posted(string? Id);
}
