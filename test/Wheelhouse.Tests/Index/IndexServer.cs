using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Index;

/// <summary>A real server with little but the index, on a free port, with a clock of its own.</summary>
public sealed class IndexServer : IAsyncDisposable
{
    /// <summary>The token of the user that the client uses.</summary>
    public const string AdminToken = "whl_index_tests_admin_token";

    private readonly TempFolder _folder = new();
    private readonly WebApplication _app;

    private IndexServer(Action<IndexOptions>? configure, Action<IServiceCollection>? services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddHostingParts().AddStorage(new DataDirectory(_folder.Root)).AddEvents();
        builder.Services.AddAccess(new AccessOptions { AdminToken = AdminToken }).AddIndex();
        if (configure is not null)
            builder.Services.Configure(configure);
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.Use(next => http =>
        {
            Requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
            return next(http);
        });
        _app.UseReadyAnswers();
        _app.UseHttpProblems().UseAccess();
        _app.MapAccess();
        _app.MapIndex();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The method and path of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public Uri Url { get; private set; } = null!;

    /// <summary>Where it speaks HTTP/2 without TLS.</summary>
    public Uri Http2Url => new(_app.Urls.Last());

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>The paths of all bytes it holds, whether they are on the index or not.</summary>
    public IReadOnlyList<string> StoredFiles => Directory.GetFiles(_folder["files"], "*", SearchOption.AllDirectories);

    public static async Task<IndexServer> StartAsync(Action<IndexOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var server = new IndexServer(configure, services);
        await server._app.StartAsync();
        server.Url = new(server._app.Urls.First() + "/");
        server.Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Url };
        server.UseToken(AdminToken);
        return server;
    }

    /// <summary>Makes the client send a token as pip and twine do; null for none.</summary>
    public void UseToken(string? token) => Http.DefaultRequestHeaders.Authorization =
        token is null ? null : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"__token__:{token}")));

    /// <summary>Makes a token that is limited to projects.</summary>
    public async Task<string> MakeTokenAsync(string role, params string[] projects)
    {
        var response = await Http.PostAsJsonAsync("api/tokens", new TokenRequest { Name = $"{role}{projects.Length}", Role = role, Projects = projects });
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<CreatedToken>())!.Token;
    }

    /// <summary>Its address with a token in it, as pip takes it.</summary>
    public string UrlFor(string path) => $"http://__token__:{AdminToken}@{Url.Authority}/{path}";

    /// <summary>Uploads a file as twine does; the form's fields can be changed.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string fileName, byte[] bytes, Action<Dictionary<string, string>>? change = null, string query = "")
    {
        var isWheel = fileName.EndsWith(".whl", StringComparison.Ordinal);
        var stem = isWheel ? fileName.Split('-') : fileName.Replace(".tar.gz", "", StringComparison.Ordinal).Replace(".zip", "", StringComparison.Ordinal).Split('-');
        var fields = new Dictionary<string, string>
        {
            [":action"] = "file_upload",
            ["protocol_version"] = "1",
            ["filetype"] = isWheel ? "bdist_wheel" : "sdist",
            ["name"] = stem[0],
            ["version"] = stem[1],
            ["sha256_digest"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
        };
        change?.Invoke(fields);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new ByteArrayContent(bytes) { Headers = { ContentType = new("application/octet-stream") } }, "\"content\"", $"\"{fileName}\"");
        return await Http.PostAsync(new Uri("legacy/" + query, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? accept = null, Action<HttpRequestHeaders>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        change?.Invoke(request.Headers);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
