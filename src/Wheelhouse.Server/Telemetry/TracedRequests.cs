namespace Wheelhouse.Server.Telemetry;

/// <summary>Which requests are traced.</summary>
internal static class TracedRequests
{
    /// <summary>
    /// What is asked for all day and says nothing (probes, scrapes, installers, scripts and styles, the pages' connections), and
    /// addresses that hold a one-time code.
    /// </summary>
    private static readonly PathString[] Untraced =
        ["/health", "/metrics", "/simple", "/at", "/files", "/pypi", "/setup", "/sign-in", "/_blazor", "/_framework", "/_content", "/scripts", "/styles"];

    /// <summary>Whether a request is traced.</summary>
    public static bool Includes(HttpContext http) => !Array.Exists(Untraced, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
