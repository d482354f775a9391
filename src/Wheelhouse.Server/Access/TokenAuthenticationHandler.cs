using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access;

/// <summary>Knows the caller by the token in the <c>Authorization</c> header; see <see cref="Credentials"/> for its forms.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    TokenStore tokens, NodeTokens nodeTokens, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "token";

    public const string HowToLogIn = "Log in with 'wheelhouse login', or send 'Authorization: Bearer TOKEN'; "
        + "pip and twine take the user __token__ and the token as the password.";

    private static readonly Caller Node = new("node", Access.Caller.IndexReader, [], [], []);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (string.IsNullOrWhiteSpace(Request.Headers.Authorization)) return AuthenticateResult.NoResult();
        if (!Credentials.TryRead(Request.Headers.Authorization, out var token, out var error)) return AuthenticateResult.Fail(error);
        if (NodeTokens.IsOne(token))
        {
            return nodeTokens.IsValid(token) ? Succeed(Node) : AuthenticateResult.Fail("The node's token is not valid or has expired.");
        }

        var row = await tokens.UseAsync(token, Context.RequestAborted);
        if (row is null) return AuthenticateResult.Fail("The token is not known: it is wrong or was removed.");
        return row.ExpiresAt <= time.GetUtcNow()
            ? AuthenticateResult.Fail($"The token '{row.Name}' expired at {row.ExpiresAt:u}.")
            : Succeed(row.ToCaller());
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceAsync();
        Response.Headers.WWWAuthenticate = "Basic realm=\"wheelhouse\"";
        await Problems.WriteAsync(Context, new ApiException(
            401, ProblemCodes.Unauthenticated, result.Failure?.Message ?? "A token is needed.", HowToLogIn));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = Context.Caller();
        var policy = Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault(data => data.Policy is not null)?.Policy;
        var role = Policies.RoleOf(policy);
        return Problems.WriteAsync(Context, new ApiException(
            403, ProblemCodes.Forbidden, $"The token '{caller.Name}' may not do this: its role is {caller.Role}, and {role} is needed.",
            $"Ask an admin for a token with the role {role}."));
    }

    private AuthenticateResult Succeed(Caller caller)
    {
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, caller.Name), new(ClaimTypes.Role, caller.Role)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
