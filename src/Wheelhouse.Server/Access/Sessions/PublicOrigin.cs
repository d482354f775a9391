using Wheelhouse.Server.Hosting;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>The origins (RFC 6454) under which a browser knows this server.</summary>
internal static class PublicOrigin
{
    /// <summary>Whether the browser speaks TLS, also when a proxy that does it does not say so.</summary>
    public static bool IsTls(HttpRequest request, ServerOptions server) => request.IsHttps
        || (Configured(server) is { Scheme: "https" } url && string.Equals(url.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an origin is that of a page of this server.</summary>
    public static bool IsOwn(string origin, HttpRequest request, ServerOptions server) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sent)
        && (IsSame(sent, new Uri($"{request.Scheme}://{request.Host}")) || (Configured(server) is { } url && IsSame(sent, url)));

    private static Uri? Configured(ServerOptions server) => server.PublicUrl is { } url ? new Uri(url) : null;

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
