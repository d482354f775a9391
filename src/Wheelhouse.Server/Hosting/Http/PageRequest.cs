namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Tells people's requests for pages from those of programs, which are answered in another way.</summary>
internal static class PageRequest
{
    /// <summary>Where programs are served, and never pages.</summary>
    private static readonly PathString[] ForPrograms = ["/api", "/simple", "/files", "/at", "/legacy"];

    /// <summary>Whether a browser asks for a page.</summary>
    public static bool Is(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && string.IsNullOrWhiteSpace(request.Headers.Authorization)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(ForPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
