using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wheelhouse.Testing;

/// <summary>Takes what is sent to it over HTTP, remembers it in order, and answers what the test wants. It can go away and come back at the same port.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private WebApplication _app;

    private HttpReceiver() => _app = Build(port: 0);

    /// <summary>Answers each request; at first 200 and the text <c>ok</c>.</summary>
    public Func<ReceivedRequest, HttpContext, Task> Answer { get; set; } = (_, http) => http.Response.WriteAsync("ok");

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What came so far, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    public static async Task<HttpReceiver> StartAsync()
    {
        var receiver = new HttpReceiver();
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Urls.First();
        return receiver;
    }

    /// <summary>Answers everything with a status and a text.</summary>
    public void Say(int status, string text, params (string Name, string Value)[] headers) => Answer = (_, http) =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        return http.Response.WriteAsync(text);
    };

    /// <summary>Stops listening.</summary>
    public async Task GoAwayAsync() => await _app.DisposeAsync();

    /// <summary>Listens again where it did.</summary>
    public async Task ComeBackAsync()
    {
        _app = Build(new Uri(Url).Port);
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var request = new ReceivedRequest(
                http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
            lock (_lock) _requests.Add(request);
            await Answer(request, http);
        });
        return app;
    }
}

/// <summary>A request that came.</summary>
public sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}
