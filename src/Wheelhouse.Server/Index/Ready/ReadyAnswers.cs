using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Simple;

namespace Wheelhouse.Server.Index.Ready;

/// <summary>
/// Answers what installers ask for all day, pages and files, from memory, before routing, to those whose right to read was found a moment ago.
/// Everything else goes the ordinary way, which also fills the memory: so nothing is decided here that is not decided there.
/// </summary>
internal sealed class ReadyAnswers(RequestDelegate next, ReadyCache cache, KnownReaders readers)
{
    private const string Pages = "/simple/";
    private const string Files = "/files/";

    public Task InvokeAsync(HttpContext http) =>
        KeyOf(http.Request) is { } key && cache.TryFind(key, out var answer) && readers.MayRead(http.Request) ? answer.WriteAsync(http) : next(http);

    /// <summary>The key of a page: its path, which has the normalised name, and its media type.</summary>
    public static string KeyOfPage(string path, string mediaType) => $"{path} {mediaType}";

    /// <summary>The key of a file or its metadata: its path, unescaped.</summary>
    public static string KeyOfFile(string sha256, string fileName) => $"{Files}{sha256}/{fileName}";

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Path.Value is not { } path || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))) return null;
        if (path.StartsWith(Files, StringComparison.Ordinal)) return path;
        return path.StartsWith(Pages, StringComparison.Ordinal) && Negotiation.MediaTypeFor(request) is { } mediaType ? KeyOfPage(path, mediaType) : null;
    }
}
