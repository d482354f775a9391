using System.Security.Claims;

namespace Wheelhouse.Server.Access;

/// <summary>Puts a caller into a principal, from which <see cref="CallerAccessor"/> finds it again.</summary>
internal static class CallerPrincipal
{
    /// <summary>Somebody who is not known.</summary>
    public static ClaimsPrincipal Anonymous { get; } = new(new ClaimsIdentity());

    private const string SessionClaim = "wheelhouse:session";

    /// <summary>The principal of a caller: name, role and session.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="scheme">How it was known.</param>
    public static ClaimsPrincipal Of(Caller caller, string scheme)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, caller.Name), new(ClaimTypes.Role, caller.Role)], scheme);
        if (caller.Session is not null) identity.AddClaim(new Claim(SessionClaim, caller.Session));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The id of the principal's session; null when it has none.</summary>
    public static string? SessionOf(ClaimsPrincipal principal) => principal.FindFirstValue(SessionClaim);
}
