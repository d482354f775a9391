using System.Text.Json;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Gitea and Forgejo, as their documentation describes webhooks. They send the headers of GitHub too, so that they are asked first.</summary>
internal sealed class GiteaHook : IHookHost
{
    public string Name => "Gitea";

    public bool Sends(IHeaderDictionary headers) => headers.ContainsKey("X-Gitea-Event") || headers.ContainsKey("X-Forgejo-Event");

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now) =>
        HookSignature.IsHmac((string?)headers["X-Forgejo-Signature"] ?? headers["X-Gitea-Signature"], body, secret);

    public string? DeliveryOf(IHeaderDictionary headers) => (string?)headers["X-Forgejo-Delivery"] ?? headers["X-Gitea-Delivery"];

    public HookMessage Read(IHeaderDictionary headers, JsonElement body) => EventOf(headers) == "push"
        ? PushPayload.Read(
            body, PushPayload.Text(body, "pusher", "login") ?? PushPayload.Text(body, "pusher", "username"), PushPayload.Text(body, "head_commit", "id"), PushPayload.Text(body, "after"))
        : HookMessage.Ignored($"the event {EventOf(headers)} is not a push");

    private static string? EventOf(IHeaderDictionary headers) => (string?)headers["X-Forgejo-Event"] ?? headers["X-Gitea-Event"];
}
