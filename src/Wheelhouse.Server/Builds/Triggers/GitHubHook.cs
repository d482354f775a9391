using System.Text.Json;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>GitHub, as its documentation describes webhooks ("Validating webhook deliveries", "Webhook events and payloads").</summary>
internal sealed class GitHubHook : IHookHost
{
    public string Name => "GitHub";

    public bool Sends(IHeaderDictionary headers) => headers.ContainsKey("X-GitHub-Event");

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now) =>
        HookSignature.IsHmac(headers["X-Hub-Signature-256"], body, secret);

    public string? DeliveryOf(IHeaderDictionary headers) => headers["X-GitHub-Delivery"];

    /// <remarks>The head commit is the commit also of an annotated tag, whose own hash is in <c>after</c>.</remarks>
    public HookMessage Read(IHeaderDictionary headers, JsonElement body) => (string?)headers["X-GitHub-Event"] switch
    {
        "push" => PushPayload.Read(
            body, PushPayload.Text(body, "pusher", "name") ?? PushPayload.Text(body, "sender", "login"), PushPayload.Text(body, "head_commit", "id"), PushPayload.Text(body, "after")),
        "ping" => HookMessage.Ignored("pong"),
        var other => HookMessage.Ignored($"the event {other} is not a push"),
    };
}
