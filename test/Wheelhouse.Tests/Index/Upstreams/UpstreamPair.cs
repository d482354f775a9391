using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>A server with an index as its upstream, which is another server of the same kind.</summary>
internal sealed class UpstreamPair : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private UpstreamPair(IndexServer origin) => Origin = origin;

    /// <summary>The upstream. Dispose it to stop it.</summary>
    public IndexServer Origin { get; }

    /// <summary>The server that asks it.</summary>
    public IndexServer Cache { get; private set; } = null!;

    /// <summary>Starts both.</summary>
    /// <param name="configure">Changes the settings of the server that asks.</param>
    /// <param name="change">Changes the settings of the upstream.</param>
    public static async Task<UpstreamPair> StartAsync(Action<UpstreamsOptions>? configure = null, Func<UpstreamOptions, UpstreamOptions>? change = null)
    {
        var pair = new UpstreamPair(await IndexServer.StartAsync());
        var secret = pair._folder.Write("credentials", IndexServer.AdminToken + "\n");
        var upstream = new UpstreamOptions { Name = "origin", Url = new Uri(pair.Origin.Url, "simple/").ToString(), CredentialsFile = secret };
        pair.Cache = await StartCacheAsync(options =>
        {
            options.Upstreams = [change?.Invoke(upstream) ?? upstream];
            configure?.Invoke(options);
        });
        return pair;
    }

    /// <summary>Starts a server with upstreams.</summary>
    public static Task<IndexServer> StartCacheAsync(Action<UpstreamsOptions> configure, Action<IServiceCollection>? more = null) =>
        IndexServer.StartAsync(options => options.MaxFileMib = 4, services =>
        {
            services.Configure(configure);
            more?.Invoke(services);
        });

    /// <summary>Uploads a wheel to the upstream.</summary>
    public async Task PublishAsync(string project = "acme", string version = "1.0") =>
        (await Origin.UploadAsync(NameOf(project, version), Archives.Wheel(project, version))).EnsureSuccessStatusCode();

    /// <summary>What the upstream was asked, but for uploads.</summary>
    public IReadOnlyList<string> Asked => [.. Origin.Requests.Where(request => !request.StartsWith("POST", StringComparison.Ordinal))];

    public static string NameOf(string project, string version) => $"{project}-{version}-py3-none-any.whl";

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        await Origin.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Reads what a server answers.</summary>
internal static class IndexServerReading
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A project's page as JSON; null when there is none.</summary>
    public static async Task<JsonElement?> FindPageAsync(this IndexServer server, string project, string prefix = "")
    {
        using var answer = await server.GetAsync($"{prefix}simple/{project}/", SimpleMediaTypes.Json);
        if (answer.StatusCode is HttpStatusCode.NotFound) return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The names of a project's files; empty when there is no such project.</summary>
    public static async Task<string[]> ListAsync(this IndexServer server, string project, string prefix = "") =>
        await server.FindPageAsync(project, prefix) is { } page ? [.. page.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("filename").GetString()!)] : [];

    /// <summary>The path of the first, or a certain, file of a project.</summary>
    public static async Task<string> PathOfAsync(this IndexServer server, string project, string? fileName = null)
    {
        var page = await server.FindPageAsync(project);
        var file = page!.Value.GetProperty("files").EnumerateArray().First(file => fileName is null || file.GetProperty("filename").GetString() == fileName);
        return new Uri(new Uri(server.Url, $"simple/{project}/"), file.GetProperty("url").GetString()).PathAndQuery;
    }

    public static async Task<byte[]> ReadAsync(this IndexServer server, string path)
    {
        using var answer = await server.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }
}
