using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Access.Tokens;

namespace Wheelhouse.Server.Access;

/// <summary>Knows the caller by the token in the <c>Authorization</c> header; see <see cref="Credentials"/> for its forms.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    TokenStore tokens, NodeTokens nodeTokens, VerifiedTokens verified, KnownReaders readers, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "token";

    private static readonly Caller Node = new("node", Access.Caller.IndexReader, [], [], []);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (string.IsNullOrWhiteSpace(Request.Headers.Authorization)) return AuthenticateResult.NoResult();
        if (!Credentials.TryRead(Request.Headers.Authorization, out var token, out var error)) return AuthenticateResult.Fail(error);
        var generation = verified.Generation;
        if (NodeTokens.IsOne(token))
        {
            return nodeTokens.FindExpiry(token) is { } expiry && time.GetUtcNow() < expiry
                ? Succeed(Node, expiry, generation)
                : AuthenticateResult.Fail("The node's token is not valid or has expired.");
        }

        var row = await tokens.UseAsync(token, Context.RequestAborted);
        if (row is null) return AuthenticateResult.Fail("The token is not known: it is wrong or was removed.");
        return row.ExpiresAt <= time.GetUtcNow()
            ? AuthenticateResult.Fail($"The token '{row.Name}' expired at {row.ExpiresAt:u}.")
            : Succeed(row.ToCaller(), row.ExpiresAt, generation);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties) =>
        await AccessRefusals.ChallengeAsync(Context, (await HandleAuthenticateOnceAsync()).Failure?.Message);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AccessRefusals.ForbidAsync(Context);

    /// <summary>Every caller with a token may read the index.</summary>
    private AuthenticateResult Succeed(Caller caller, DateTimeOffset? expiresAt, int generation)
    {
        readers.Add(Request, expiresAt, generation);
        Context.Features.Set(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(CallerPrincipal.Of(caller, SchemeName), SchemeName));
    }
}
