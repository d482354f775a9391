namespace Wheelhouse.Server.Hosting.Http;

/// <summary>The security headers of every answer, in one place.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private const string Strict = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    /// <summary>The API's reference starts with a script in its page.</summary>
    private const string Reference = Strict + "; script-src 'self' 'unsafe-inline'; font-src 'self' data:";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs/api", StringComparison.OrdinalIgnoreCase) ? Reference : Strict;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // With no-referrer, forms of our own would come from the origin "null"
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }
}
