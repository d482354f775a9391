using System.Security.Cryptography;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>Adds sessions to the database, inside a change of the <see cref="DatabaseWriter"/>.</summary>
internal sealed class NewSessions(SessionLifetimeOptions options, AuditLog audit, TimeProvider time)
{
    /// <summary>Starts a session, always with a new secret: one that somebody else may have planted in the browser is worth nothing.</summary>
    /// <param name="context">The context that the change was given.</param>
    /// <param name="caller">Whose rights it has.</param>
    /// <param name="user">The user's key, or null.</param>
    /// <param name="token">The token's id, or null.</param>
    /// <param name="address">The client's address.</param>
    /// <returns>The secret for the cookie.</returns>
    public string Add(WheelhouseContext context, Caller caller, string? user, string? token, string? address)
    {
        var now = time.GetUtcNow();
        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        context.Add(new SessionRow
        {
            Id = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Hash = TokenSecret.HashOf(secret),
            User = user,
            Token = token,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + options.Lifetime,
            Address = address,
        });
        var way = token is null ? "by password" : "by a link of the token";
        audit.Record(context, caller.Name, "session.started", caller.Name, address is null ? way : $"{way}, from {address}");
        return secret;
    }
}
