using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.HealthChecks;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Services;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Services;

/// <summary>The services feature on a real socket and a real database; what runs where is set by the test.</summary>
internal sealed class ServiceServer : IAsyncDisposable, IEnvironmentStates
{
    private const string AdminToken = "an-admin-token-for-tests";

    private readonly TempFolder _folder = new("svc");
    private readonly WebApplication _app;

    private ServiceServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostingParts().AddStorage(new DataDirectory(_folder.Root)).AddEvents().AddAccess(new AccessOptions { AdminToken = AdminToken })
            .AddSingleton(new InventoryOptions()).AddInventory().AddNodeHealthChecks().AddServiceCatalog().AddSingleton<IEnvironmentStates>(this);
        _app = builder.Build();
        _app.UseHttpProblems();
        _app.UseAccess();
        _app.MapAccess();
        _app.MapServices();
    }

    public WheelhouseClient Admin => Client(AdminToken);

    /// <summary>The active rollout of an environment, by its name.</summary>
    public ConcurrentDictionary<string, string> ActiveRollouts { get; } = new(StringComparer.Ordinal);

    public static async Task<ServiceServer> StartAsync(CancellationToken token)
    {
        var server = new ServiceServer();
        await server._app.StartAsync(token);
        return server;
    }

    public Task<IReadOnlyList<EnvironmentView>> ListAsync(
        IReadOnlyList<(string Service, EnvironmentDocument Environment)> environments, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<EnvironmentView>>([.. environments.Select(one => new EnvironmentView(
            one.Environment.Name, null, null, null, ActiveRollouts.GetValueOrDefault(one.Environment.Name), null, 0, []))]);

    public (string Environment, string Rollout)? FindActive(WheelhouseContext context, string service) =>
        ActiveRollouts.IsEmpty ? null : (ActiveRollouts.First().Key, ActiveRollouts.First().Value);

    /// <summary>Applies a document that was made from a revision, as the page does.</summary>
    public Task<AppliedService> ApplyAsync(string yaml, int basedOn, CancellationToken token) =>
        _app.Services.GetRequiredService<ServiceWriter>().ApplyAsync(Assert.Single(DocumentParsing.Parser.Parse(yaml).Services), basedOn, "ann", token);

    /// <summary>Stores a document past every check, as an older version of this server may have.</summary>
    public Task StoreAsync(string service, string yaml, CancellationToken token) => _app.Services.GetRequiredService<DatabaseWriter>().WriteAsync(
        context =>
        {
            context.Add(new ServiceRow { Name = service, Revision = 1 });
            context.Add(new ServiceRevisionRow { Service = service, Number = 1, AppliedBy = "somebody", Yaml = yaml });
        },
        token);

    /// <summary>A client with a new token.</summary>
    public async Task<WheelhouseClient> ClientAsync(string role, IReadOnlyList<string> services, CancellationToken token)
    {
        using var admin = Admin;
        return Client((await admin.CreateTokenAsync(new TokenRequest { Name = $"t{Guid.NewGuid():N}", Role = role, Services = services }, token)).Token);
    }

    /// <summary>Sends a request as the admin, past the typed client.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(new Uri(_app.Urls.First()), path)) { Content = body };
        request.Headers.Authorization = new("Bearer", AdminToken);
        return await http.SendAsync(request, token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private WheelhouseClient Client(string secret) => WheelhouseClient.Create(new Uri(_app.Urls.First()), secret, "tests/1");
}
