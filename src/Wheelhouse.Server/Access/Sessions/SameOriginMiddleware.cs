using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>
/// Refuses what another site makes a browser do. A browser sends the cookie by itself, so a request in a session that may change something
/// must prove that a page of this server made it: by <c>Sec-Fetch-Site</c> (W3C Fetch Metadata) or, where a browser does not send that, by
/// <c>Origin</c>. A request with a token needs no proof: no browser adds one by itself.
/// </summary>
internal sealed class SameOriginMiddleware(RequestDelegate next, ServerOptions server)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<Caller>()?.Session is null || IsHarmless(http.Request) || IsOwn(http.Request)) return next(http);
        return Problems.WriteAsync(http, new ApiException(
            403, ProblemCodes.CrossSite, "This request does not come from a page of this server.",
            "Do it on the server's own pages, or send a token instead of the cookie."));
    }

    /// <summary>Reading is; opening a web socket is not, though it begins with a GET: no same-origin policy keeps another site from reading it.</summary>
    private static bool IsHarmless(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && request.Headers.Upgrade.Count == 0;

    private bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0 ? site == "same-origin" : request.Headers.Origin is [{ } origin] && PublicOrigin.IsOwn(origin, request, server);
    }
}
