using Wheelhouse.Server.Hosting;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>The cookie that carries a session's secret. No script can read it, and no other site's form or frame can send it.</summary>
internal sealed class SessionCookie(SessionLifetimeOptions options, ServerOptions server)
{
    public const string Name = "wheelhouse_session";

    /// <summary>The secret that a request carries; null when there is none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } secret ? secret : null;

    /// <summary>Hands a session's secret to the browser.</summary>
    public void Write(HttpContext http, string secret)
    {
        var cookie = Form(http);
        cookie.MaxAge = options.Lifetime;
        http.Response.Cookies.Append(Name, secret, cookie);
    }

    /// <summary>Has the browser forget it.</summary>
    public void Remove(HttpContext http) => http.Response.Cookies.Delete(Name, Form(http));

    private CookieOptions Form(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = PublicOrigin.IsTls(http.Request, server),
    };
}
