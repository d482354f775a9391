using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.SignIn;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>Makes the links of <c>wheelhouse open</c>, and exchanges each for a session, once.</summary>
internal sealed class SessionLinks(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, NewSessions sessions, ServerAddress address, AuditLog audit, TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Makes a link for the token of a request.</summary>
    /// <param name="caller">Whose request it is.</param>
    /// <param name="path">The page to go to then, or null.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="ApiException">409: the caller has no token.</exception>
    public async Task<SessionLink> MakeAsync(Caller caller, string? path, CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var expires = time.GetUtcNow() + Lifetime;
        await writer.WriteAsync(context =>
        {
            var token = caller.Session is not null || caller.IsUser ? null : context.Set<TokenRow>().FirstOrDefault(row => row.Name == caller.Name);
            if (token is null)
                throw new ApiException(409, ProblemCodes.WrongState, "Only a token can make a link to sign in with.", "Send the token in the Authorization header.");
            context.Add(new SessionLinkRow { Hash = TokenSecret.HashOf(code), Token = token.Id, ExpiresAt = expires });
            audit.Record(context, caller.Name, "session.link_made", token.Name, null);
        }, cancellationToken);
        return new SessionLink($"{address.PublicText}/sign-in/link?code={code}{LocalPath.Suffix(path)}", expires);
    }

    /// <summary>The name of the token whose link a code is, without using it up; null when it was used or has expired.</summary>
    public async Task<string?> NameAsync(string code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return Find(context, code) is { } found ? found.Token.Name : null;
    }

    /// <summary>Uses a code up and starts a session.</summary>
    /// <returns>The secret of the session; null when the code was used or has expired, or its token has.</returns>
    public Task<string?> RedeemAsync(string code, string? from, CancellationToken cancellationToken) => writer.WriteAsync(context =>
    {
        if (Find(context, code) is not { } found) return null;
        context.Remove(found.Link);
        return sessions.Add(context, found.Token.ToCaller(), user: null, found.Token.Id, from);
    }, cancellationToken);

    private FoundLink? Find(WheelhouseContext context, string code)
    {
        var hash = TokenSecret.HashOf(code);
        var now = time.GetUtcNow();
        return (from link in context.Set<SessionLinkRow>()
                join token in context.Set<TokenRow>() on link.Token equals token.Id
                where link.Hash == hash && link.ExpiresAt > now && (token.ExpiresAt == null || token.ExpiresAt > now)
                select new FoundLink(link, token)).FirstOrDefault();
    }

    private sealed record FoundLink(SessionLinkRow Link, TokenRow Token);
}
