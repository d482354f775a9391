using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Access.Setup;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Access;

/// <summary>A real web server with the database, the event log and access control; one endpoint for each policy, which says "ok".</summary>
internal sealed class AccessServer : IAsyncDisposable
{
    public const string AdminToken = "an-admin-token-of-the-tests";

    private readonly WebApplication _app;

    private AccessServer(WebApplication app) => _app = app;

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public NodeTokens NodeTokens => Get<NodeTokens>();

    /// <summary>The one-time code that it printed, or null.</summary>
    public string? Code => Get<FirstStart>().Code;

    public required CapturedLog Log { get; init; }

    /// <summary>What it says on standard output.</summary>
    public required StringWriter Output { get; init; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<AccessServer> StartAsync(
        TempFolder folder, AccessOptions? options = null, Action<WebApplication>? map = null, FakeTimeProvider? time = null,
        Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSingleton<TimeProvider>(time ?? new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        var output = new StringWriter();
        builder.Services.AddHostingParts(output).AddStorage(new DataDirectory(folder.Root)).AddEvents()
            .AddAccess(options ?? new AccessOptions { AdminToken = AdminToken });
        configure?.Invoke(builder.Services);
        var log = new CapturedLog();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        var server = new AccessServer(builder.Build()) { Log = log, Output = output };
        server._app.UseHttpProblems().UseAccess();
        server._app.MapAccess();
        foreach (var policy in (string[])[Policies.ReadIndex, Policies.View, Policies.Publish, Policies.Deploy, Policies.Administer])
            server._app.MapGet($"/{policy}", () => "ok").RequireAuthorization(policy);
        map?.Invoke(server._app);
        await server._app.StartAsync(Cancelled);
        return server;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The API as a token's holder.</summary>
    public WheelhouseClient Client(string? token = AdminToken) => WheelhouseClient.Create(new Uri(Url), token, "tests/1");

    public string Url => _app.Urls.First();

    public async Task<string> CreateAsync(TokenRequest request)
    {
        using var client = Client();
        return (await client.CreateTokenAsync(request, Cancelled)).Token;
    }

    /// <summary>Makes a user.</summary>
    public async Task<UserView> AddUserAsync(string name, string role = Roles.Viewer, string password = Browser.Password)
    {
        using var client = Client();
        return await client.CreateUserAsync(new UserRequest { Name = name, Role = role, Password = password }, Cancelled);
    }

    /// <summary>A browser on its pages.</summary>
    public Browser Browse() => new(new Uri(Url));

    /// <summary>Sends a request with a header as it is; null sends none.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? authorization = null, HttpContent? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, Url + path) { Content = body };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await http.SendAsync(request, Cancelled);
    }

    public async Task<int> StatusAsync(string path, string? authorization)
    {
        using var response = await SendAsync(HttpMethod.Get, path, authorization);
        return (int)response.StatusCode;
    }

    /// <summary>Sends a request as admin and reads the problem that it is answered with.</summary>
    public async Task<ApiProblem> ProblemAsync(HttpMethod method, string path, HttpContent? body = null, string? authorization = $"Bearer {AdminToken}")
    {
        using var response = await SendAsync(method, path, authorization, body);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<ApiProblem>(Cancelled);
        Assert.Equal((int)response.StatusCode, problem!.Status);
        Assert.False(string.IsNullOrEmpty(problem.Title));
        return problem;
    }

    public static string Basic(string user, string password) =>
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))).ToString();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
