namespace Wheelhouse.Server.Index.Measured;

/// <summary>The kinds of request to the index.</summary>
internal static class IndexRoutes
{
    /// <summary>Their names, as a label of metrics; the place of each is its number.</summary>
    public static IReadOnlyList<string> Names { get; } = ["list", "page", "file", "metadata", "json", "upload"];

    /// <summary>The number of a request's kind; null for a request that is not to the index.</summary>
    /// <param name="path">The path of the request.</param>
    public static int? Of(string path)
    {
        if (path.StartsWith("/simple", StringComparison.Ordinal)) return Page(path, "/simple".Length);
        if (path.StartsWith("/files/", StringComparison.Ordinal)) return path.EndsWith(".metadata", StringComparison.Ordinal) ? 3 : 2;
        if (path.StartsWith("/at/", StringComparison.Ordinal) && path.IndexOf("/simple", StringComparison.Ordinal) is > 0 and var place) return Page(path, place + "/simple".Length);
        if (path.StartsWith("/pypi/", StringComparison.Ordinal)) return 4;
        return path is "/legacy" or "/legacy/" ? 5 : null;
    }

    private static int? Page(string path, int end)
    {
        if (path.Length == end || (path[end] == '/' && path.Length == end + 1)) return 0;
        return path[end] == '/' ? 1 : null;
    }
}
