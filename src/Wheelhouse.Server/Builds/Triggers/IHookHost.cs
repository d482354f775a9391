using System.Text.Json;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>A kind of git host that tells of pushes: how what it sends is known to come from it, and what that means.</summary>
internal interface IHookHost
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Whether a request is one of this kind, by its headers; the first host that says so takes it.</summary>
    bool Sends(IHeaderDictionary headers);

    /// <summary>Whether the request comes from somebody who has the secret. Compares in constant time.</summary>
    bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now);

    /// <summary>The host's own id of what it tells; null when it has none.</summary>
    string? DeliveryOf(IHeaderDictionary headers);

    /// <summary>Reads what it tells.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="body">The payload, which is an object.</param>
    HookMessage Read(IHeaderDictionary headers, JsonElement body);
}

/// <summary>What a git host told: a push, or why nothing is done about it.</summary>
/// <param name="Push">What was pushed; null when there is nothing to build.</param>
/// <param name="Reason">Why there is nothing to build; null for a push.</param>
internal sealed record HookMessage(HookPush? Push, string? Reason)
{
    /// <summary>Something that builds have nothing to do with.</summary>
    public static HookMessage Ignored(string reason) => new(Push: null, reason);
}

/// <summary>A push. Where the repository lies is never taken from what was told.</summary>
/// <param name="Ref">The full reference.</param>
/// <param name="Commit">The full hash that it has now.</param>
/// <param name="By">Who pushed; null when that is not said.</param>
internal sealed record HookPush(string Ref, string Commit, string? By);
