using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wheelhouse.Tests.Inventory.Asking;

/// <summary>A source of nodes that answers over HTTP whatever a test wants.</summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SourceServer(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        _app = builder.Build();
        _app.Run(http =>
        {
            Requests.Enqueue((http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
            return Answer(http);
        });
    }

    /// <summary>What it answers; at first 404.</summary>
    public RequestDelegate Answer { get; set; } = http =>
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    };

    /// <summary>Path and query, and the headers, of each request.</summary>
    public ConcurrentQueue<(string Target, Dictionary<string, string> Headers)> Requests { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<SourceServer> StartAsync(X509Certificate2? certificate = null)
    {
        var server = new SourceServer(certificate);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers each request with a text.</summary>
    public void Say(string text, int status = 200) => Answer = http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
