using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>Knows the caller by the session's cookie.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, SessionStore sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "session";

    /// <summary>Whether a request is to be known by its cookie: it has one, and no <c>Authorization</c> header, which wins.</summary>
    public static bool IsFor(HttpRequest request) =>
        string.IsNullOrWhiteSpace(request.Headers.Authorization) && SessionCookie.Read(request) is not null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookie.Read(Request) is not { } secret) return AuthenticateResult.NoResult();
        if (await sessions.UseAsync(secret, Context.RequestAborted) is not { } caller) return AuthenticateResult.Fail("The session has ended.");
        Context.Features.Set(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(CallerPrincipal.Of(caller, SchemeName), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties) =>
        await AccessRefusals.ChallengeAsync(Context, (await HandleAuthenticateOnceAsync()).Failure?.Message);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AccessRefusals.ForbidAsync(Context);
}
