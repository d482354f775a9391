using System.Text.Json;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>GitLab, as its documentation describes webhooks: a secret token as it is, or a signing token as Standard Webhooks have it.</summary>
internal sealed class GitLabHook : IHookHost
{
    public string Name => "GitLab";

    public bool Sends(IHeaderDictionary headers) => headers.ContainsKey("X-Gitlab-Event");

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now) => headers.ContainsKey("webhook-signature")
        ? HookSignature.IsStandard(headers, body, secret, now)
        : HookSignature.IsToken(headers["X-Gitlab-Token"], secret);

    public string? DeliveryOf(IHeaderDictionary headers) => (string?)headers["webhook-id"] ?? (string?)headers["Idempotency-Key"] ?? headers["X-Gitlab-Event-UUID"];

    /// <remarks><c>checkout_sha</c> is the commit also of an annotated tag, whose own hash is in <c>after</c>; it is null when the reference was deleted.</remarks>
    public HookMessage Read(IHeaderDictionary headers, JsonElement body) => (string?)headers["X-Gitlab-Event"] is "Push Hook" or "Tag Push Hook"
        ? PushPayload.Read(
            body, PushPayload.Text(body, "user_username") ?? PushPayload.Text(body, "user_name"), PushPayload.Text(body, "checkout_sha"), PushPayload.Text(body, "after"))
        : HookMessage.Ignored($"the event {(string?)headers["X-Gitlab-Event"]} is not a push");
}
