namespace Wheelhouse.Server.Access.SignIn;

/// <summary>Where to go after the sign-in: a path on this server and never another site, which could pretend to be this one.</summary>
internal static class LocalPath
{
    private const int Longest = 2000;

    /// <summary>The path when it leads to a page of this server, else the first page.</summary>
    public static string OrFirst(string? path) => path is not null && IsLocal(path) ? path : "/";

    /// <summary>The parameter to put behind an address for a path; nothing for the first page.</summary>
    public static string Suffix(string? path, char before = '&') =>
        OrFirst(path) is "/" ? "" : $"{before}return={Uri.EscapeDataString(OrFirst(path))}";

    /// <summary>The address of the sign-in page that leads back to what was asked for.</summary>
    public static string SignIn(HttpRequest request) => $"{request.PathBase}/sign-in{Suffix(request.Path + request.QueryString, '?')}";

    /// <summary>Browsers take a backslash for a slash, and drop tabs and line ends; <c>//</c> begins another host.</summary>
    private static bool IsLocal(string path) => path.Length <= Longest && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Any(c => c is '\\' or < ' ' or '\x7f') && !path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase);
}
