using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>
/// Tells an open page who uses it, and looks every <see cref="Every"/> whether that still holds: a page whose session has ended becomes
/// anonymous, and one whose user was given another role changes with it.
/// </summary>
internal sealed class SessionAuthenticationStateProvider : ServerAuthenticationStateProvider, IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly SessionStore _sessions;
    private readonly ILogger<SessionAuthenticationStateProvider> _logger;
    private readonly PeriodicTimer _timer;
    private Task? _watch;

    public SessionAuthenticationStateProvider(
        SessionStore sessions, TimeProvider time, ILogger<SessionAuthenticationStateProvider> logger)
    {
        (_sessions, _logger, _timer) = (sessions, logger, new PeriodicTimer(Every, time));
        AuthenticationStateChanged += _ => _watch ??= WatchAsync();
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Begins with the first state that is set, and ends when the page is closed.</summary>
    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            var now = (await GetAuthenticationStateAsync()).User;
            if (CallerPrincipal.SessionOf(now) is { } session) await CheckAsync(now, session);
        }
    }

    private async Task CheckAsync(ClaimsPrincipal now, string session)
    {
        try
        {
            var caller = await _sessions.FindByIdAsync(session, CancellationToken.None);
            if (caller is not null && now.IsInRole(caller.Role) && now.Identity?.Name == caller.Name) return;
            Set(caller is null ? CallerPrincipal.Anonymous : CallerPrincipal.Of(caller, SessionAuthenticationHandler.SchemeName));
        }
        catch (Exception exception)
        {
            // Whoever cannot be checked is let do nothing.
            _logger.LogError(exception, "The session of an open page could not be checked");
            Set(CallerPrincipal.Anonymous);
        }
    }

    private void Set(ClaimsPrincipal principal) => SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
}
