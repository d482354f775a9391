using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access;

/// <summary>
/// Finds out who uses an open page. Ask before each act, not once: it reads the session and the rights of now, so what was taken away
/// meanwhile is gone, and using the page keeps the session alive.
/// </summary>
public sealed class CallerAccessor
{
    private readonly AuthenticationStateProvider _states;
    private readonly SessionStore _sessions;

    internal CallerAccessor(AuthenticationStateProvider states, SessionStore sessions) => (_states, _sessions) = (states, sessions);

    /// <summary>Who uses the page; null when nobody is signed in or the session has ended.</summary>
    public async Task<Caller?> FindAsync(CancellationToken cancellationToken = default) =>
        await FindAsync((await _states.GetAuthenticationStateAsync()).User, cancellationToken);

    /// <summary>Whom a principal stands for now; null when its session has ended or it has none, as with a token.</summary>
    public async Task<Caller?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellationToken = default) =>
        CallerPrincipal.SessionOf(principal) is { } id ? await _sessions.UseByIdAsync(id, cancellationToken) : null;

    /// <summary>Who uses the page.</summary>
    /// <exception cref="ApiException">401: nobody is signed in, or the session has ended.</exception>
    public async Task<Caller> RequireAsync(CancellationToken cancellationToken = default) => await FindAsync(cancellationToken)
        ?? throw new ApiException(401, ProblemCodes.Unauthenticated, "You are not signed in any more.", "Sign in again.");
}
