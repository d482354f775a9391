using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Hosting;

/// <summary>The real server, in this process, on a free port of the loopback address, with a data directory and an admin of its own.</summary>
public sealed class TestServer : IAsyncDisposable
{
    public const string AdminToken = "wh_testadmin_0123456789abcdef0123456789abcdef";

    private readonly TempFolder _folder;
    private readonly DataDirectoryLock _lock;
    private readonly WebApplication _app;
    private readonly StringWriter _output;

    private TestServer(TempFolder folder, DataDirectoryLock held, WebApplication app, StringWriter output)
    {
        (_folder, _lock, _app, _output) = (folder, held, app, output);
        Data = new DataDirectory(folder["data"]);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    public DataDirectory Data { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What it said on standard output.</summary>
    public string Output => _output.ToString();

    /// <summary>Speaks to it as its admin.</summary>
    public WheelhouseClient Admin => As(AdminToken);

    /// <summary>Starts one.</summary>
    /// <param name="token">Ends the start.</param>
    /// <param name="settings">Settings by name, such as <c>anonymous_read</c>; <c>admin_token</c> null or missing means <see cref="AdminToken"/>, empty means none.</param>
    /// <param name="configure">Changes to the registrations.</param>
    /// <param name="map">Endpoints of the test's own.</param>
    public static async Task<TestServer> StartAsync(
        CancellationToken token, IReadOnlyDictionary<string, string>? settings = null, Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null)
    {
        var folder = new TempFolder("wh-srv");
        var values = new Dictionary<string, string>(settings ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        values.TryAdd("data", folder["data"]);
        values.TryAdd("urls", "http://127.0.0.1:0");
        values.TryAdd("log_level", "warning");
        if (!values.TryAdd("admin_token", AdminToken) && values["admin_token"].Length == 0) values.Remove("admin_token");
        var output = new StringWriter();
        var held = new DataDirectory(folder["data"]).Open();
        var app = Server.Program.Build(SettingsLoader.Load(new SettingsInput(values, new Dictionary<string, string>(), null)), output, configure);
        map?.Invoke(app);
        var server = new TestServer(folder, held, app, output);
        await app.StartAsync(token);
        server.Url = new Uri((await app.Services.GetRequiredService<ServerAddress>().Bound)[0]);
        return server;
    }

    /// <summary>Speaks to it with another token.</summary>
    public WheelhouseClient As(string token) => WheelhouseClient.Create(Url, token, "wheelhouse-tests/1.0");

    /// <summary>Plain HTTP, without a token when null.</summary>
    public HttpClient Http(string? token = AdminToken)
    {
        var http = new HttpClient { BaseAddress = Url };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _lock.Dispose();
        _folder.Dispose();
        await _output.DisposeAsync();
    }
}
