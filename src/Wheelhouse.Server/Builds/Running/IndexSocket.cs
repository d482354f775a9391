using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>
/// The Unix socket over which builds read the index, although they have no network. Whoever speaks on it may read what an installer reads, and nothing else,
/// whatever headers are sent.
/// </summary>
internal sealed class IndexSocket(DataDirectory data, NodeTokens tokens, TimeProvider time) : LifecycleService
{
    /// <summary>What the kernel takes (unix(7)), with the zero at its end.</summary>
    private const int LongestPath = 107;

    private static readonly object Mark = new();
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(2);

    private readonly Lock _lock = new();
    private string _token = "";
    private DateTimeOffset _renewAt;

    /// <summary>Where it is.</summary>
    public string Path { get; } = Choose(System.IO.Path.Combine(data.Root, "run", "index.sock"));

    /// <summary>Listens on it.</summary>
    public void Listen(KestrelServerOptions kestrel)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.Delete(Path); // Of a server that was killed; this one holds the directory's lock.
        kestrel.ListenUnixSocket(Path, listen => listen.Use(next => connection =>
        {
            connection.Items[Mark] = Mark;
            return next(connection);
        }));
    }

    /// <summary>The folder around it keeps everybody out but those for whom it is mounted.</summary>
    public override Task StartedAsync(CancellationToken cancellationToken)
    {
        File.SetUnixFileMode(Path, (UnixFileMode)0b110_110_110);
        return Task.CompletedTask;
    }

    /// <summary>Lets requests on the socket read the index and answers all others with 404.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Mark) != true) return next(http);
        var request = http.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isRead || !(request.Path.StartsWithSegments("/simple", StringComparison.Ordinal) || request.Path.StartsWithSegments("/files", StringComparison.Ordinal)))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        request.Headers.Remove("Cookie");
        request.Headers.Authorization = "Bearer " + Token();
        return next(http);
    }

    private static string Choose(string path) => System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath
        ? path
        : System.IO.Path.Combine(Directory.CreateTempSubdirectory("wheelhouse-").FullName, "index.sock");

    private string Token()
    {
        lock (_lock)
        {
            if (time.GetUtcNow() >= _renewAt) (_token, _renewAt) = (tokens.Issue(TokenLifetime), time.GetUtcNow() + (TokenLifetime / 2));
            return _token;
        }
    }
}
