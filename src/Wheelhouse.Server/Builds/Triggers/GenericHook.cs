using System.Text.Json;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>
/// Anything else: <c>{"ref": "refs/heads/main", "commit": "…"}</c>, signed as Standard Webhooks have it or with the HMAC-SHA256 of the body in
/// <c>X-Signature-256</c>. Asked last, since it takes everything.
/// </summary>
internal sealed class GenericHook : IHookHost
{
    public string Name => "generic";

    public bool Sends(IHeaderDictionary headers) => true;

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now) => headers.ContainsKey("webhook-signature")
        ? HookSignature.IsStandard(headers, body, secret, now)
        : HookSignature.IsHmac(headers["X-Signature-256"], body, secret);

    public string? DeliveryOf(IHeaderDictionary headers) => headers["webhook-id"];

    public HookMessage Read(IHeaderDictionary headers, JsonElement body) => PushPayload.Read(body, PushPayload.Text(body, "by"), PushPayload.Text(body, "commit"), PushPayload.Text(body, "after"));
}
