using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>An upstream made by hand, which does whatever a test wants.</summary>
internal sealed class OddUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OddUpstream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(http =>
        {
            Requests.Enqueue(http.Request.Path.Value!);
            Authorization.Enqueue(http.Request.Headers.Authorization.ToString());
            return Answers.TryGetValue(http.Request.Path.Value!, out var answer) ? answer(http) : NotFound(http);
        });
    }

    /// <summary>What it answers, by path.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, Task>> Answers { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The header of each request.</summary>
    public ConcurrentQueue<string> Authorization { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<OddUpstream> StartAsync()
    {
        var upstream = new OddUpstream();
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>A server that has it as its upstream, with short timeouts.</summary>
    public Task<IndexServer> StartCacheAsync(
        Action<UpstreamsOptions>? configure = null, string? credentialsFile = null, Action<IServiceCollection>? services = null) => UpstreamPair.StartCacheAsync(options =>
    {
        options.Upstreams =
        [
            new UpstreamOptions { Name = "odd", Url = $"{Url}/simple", Timeout = TimeSpan.FromSeconds(1), FileTimeout = TimeSpan.FromSeconds(3), CredentialsFile = credentialsFile },
        ];
        configure?.Invoke(options);
    }, services);

    /// <summary>Lists a file of the project acme, of which everything can be changed.</summary>
    public void List(byte[] bytes, Action<Dictionary<string, object?>>? change = null)
    {
        var file = new Dictionary<string, object?>
        {
            ["filename"] = "acme-1.0-py3-none-any.whl",
            ["url"] = "/files/acme.whl",
            ["size"] = bytes.Length,
            ["hashes"] = new Dictionary<string, string> { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) },
        };
        change?.Invoke(file);
        Json("/simple/acme/", new { meta = new Dictionary<string, string> { ["api-version"] = "1.1" }, name = "acme", files = new[] { file } });
        Answers["/files/acme.whl"] = http => http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    public void Json(string path, object body) => Answers[path] = http =>
    {
        http.Response.ContentType = SimpleMediaTypes.Json;
        return http.Response.WriteAsync(JsonSerializer.Serialize(body));
    };

    public void Status(string path, int status) => Answers[path] = http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public void Redirect(string path, string to) => Answers[path] = http =>
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
