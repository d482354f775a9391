using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Sentry;

/// <summary>Tells Sentry which release runs where. It says nothing of rollouts that did not change that.</summary>
internal sealed class SentryNotifier(NotifierHttp http) : INotifier
{
    public string Name => "sentry";

    public Type OptionsType => typeof(SentryOptions);

    public IReadOnlyList<string> DefaultEvents { get; } = [NotificationEvents.Succeeded, NotificationEvents.Reverted];

    public string Preview(object options, Notification notification) => SentryDeploy.Of((SentryOptions)options, notification) is { } deploy
        ? JsonSending.Show(deploy, JsonSending.CamelCase)
        : "Nothing: Sentry is told of what runs since a rollout succeeded, or was taken back.";

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var sentry = (SentryOptions)options;
        if (SentryDeploy.Of(sentry, notification) is not { } deploy) return null;
        var releases = ServerUrl.Join(sentry.Url, $"api/0/organizations/{sentry.Organization}/releases/");
        await SendAsync(HttpMethod.Post, releases, sentry, deploy.Release, cancellationToken);
        var deploys = new Uri(releases, $"{Uri.EscapeDataString(deploy.Release.Version)}/deploys/");
        if (!Knows(await SendAsync(HttpMethod.Get, deploys, sentry, body: null, cancellationToken), deploy.Deploy.Name))
            await SendAsync(HttpMethod.Post, deploys, sentry, deploy.Deploy, cancellationToken);
        return null;
    }

    private Task<string> SendAsync(HttpMethod method, Uri url, SentryOptions sentry, object? body, CancellationToken cancellationToken) =>
        http.SendWithTokenAsync(method, url, sentry.Token, body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, JsonSending.CamelCase), cancellationToken);

    /// <summary>Whether a release has a deploy of a name. Sentry lists the newest first: a repeat comes soon after.</summary>
    private static bool Knows(string answer, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(answer) is { ValueKind: JsonValueKind.Array } deploys && deploys.EnumerateArray()
                .Any(deploy => deploy.ValueKind == JsonValueKind.Object && deploy.TryGetProperty("name", out var known) && known.ValueKind == JsonValueKind.String && known.GetString() == name);
        }
        catch (JsonException)
        {
            throw new NotifierException("The answer is not Sentry's.", "Correct url.");
        }
    }
}
