namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Light, dark, or what the operating system says. The choice is kept in a cookie, so that the first paint has it.</summary>
internal static class Theme
{
    public const string System = "system";

    /// <summary>All choices.</summary>
    public static readonly IReadOnlyList<string> All = [System, "light", "dark"];

    private const string Cookie = "wheelhouse_theme";

    /// <summary>The choice of who sent the request; unknown ones count as <see cref="System"/>.</summary>
    public static string Of(HttpRequest request) =>
        request.Cookies.TryGetValue(Cookie, out var chosen) && All.Contains(chosen, StringComparer.Ordinal) ? chosen : System;
}
