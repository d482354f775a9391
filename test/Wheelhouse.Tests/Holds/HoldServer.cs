using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Holds;

/// <summary>The whole server with a release and two services, whose only node nothing answers for: what begins ends soon.</summary>
internal sealed class HoldServer : IAsyncDisposable
{
    private HoldServer(TestServer server) => (Server, Admin) = (server, server.Admin);

    public TestServer Server { get; }

    public WheelhouseClient Admin { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HoldServer> StartAsync(string freezes = "[]")
    {
        var server = new HoldServer(await TestServer.StartAsync(Token, configure: builder => builder.Logging.ClearProviders()));
        var wheel = Archives.Wheel();
        using var content = new MemoryStream(wheel);
        await server.Admin.UploadAsync(
            new Upload(
                "acme-1.0-py3-none-any.whl", "bdist_wheel", "py3", Convert.ToHexStringLower(SHA256.HashData(wheel)),
                [new("metadata_version", "2.1"), new("name", "acme"), new("version", "1.0")]),
            content,
            Token);
        await server.Admin.ApplyAsync($"{Document("billing", freezes)}---\n{Document("shop", "[]")}", Token);
        return server;
    }

    /// <summary>A client of a deployer with limits.</summary>
    public async Task<WheelhouseClient> DeployerAsync(string name, string[]? services = null, string[]? environments = null) => Server.As(
        (await Admin.CreateTokenAsync(
            new TokenRequest { Name = name, Role = Roles.Deployer, Services = services ?? [], Environments = environments ?? [] }, Token)).Token);

    /// <summary>Asks for a deploy of billing to production.</summary>
    public Task<RolloutView> AskAsync(RolloutRequest? request = null, string service = "billing", string environment = "production") =>
        AskAsync(Admin, request, service, environment);

    public static async Task<RolloutView> AskAsync(
        WheelhouseClient client, RolloutRequest? request = null, string service = "billing", string environment = "production") =>
        (await client.AskRolloutAsync(service, environment, request ?? new RolloutRequest(), Guid.NewGuid().ToString("N"), Token)).Rollout;

    /// <summary>Lets another rollout seem to be active there, or none.</summary>
    public async Task OccupyAsync(string? rollout)
    {
        await Server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(
            context =>
            {
                var row = context.Find<EnvironmentRow>("billing", "production")
                    ?? context.Add(new EnvironmentRow { Service = "billing", Environment = "production" }).Entity;
                row.ActiveRollout = rollout;
            },
            Token);
        if (rollout is null) await Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IServiceGrain>("billing/production").StartNext();
    }

    public async Task<RolloutView> EndedAsync(string rollout)
    {
        RolloutView? view = null;
        await Eventually.TrueAsync(
            async () => RolloutStates.IsEnded((view = await Admin.GetRolloutAsync(rollout, Token)).State), "the end", TimeSpan.FromSeconds(30), Token);
        return view!;
    }

    /// <summary>The messages of events of a type.</summary>
    public async Task<IReadOnlyList<EventView>> EventsAsync(string type) =>
        [.. (await Admin.ReadEventsAsync(new EventQuery(), Token).ToListAsync(Token)).Where(view => view.Type == type)];

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
    }

    private static string Document(string name, string freezes) => $$"""
        service: {{name}}
        package: acme
        python: "3.11"
        root: /srv/{{name}}
        processes: [{ name: web, start: { command: "{current}/bin/web" } }]
        policy: { connect_timeout: 1s, connect_retries: 0 }
        environments:
          - { name: staging, nodes: { static: ["127.0.0.1:9"] } }
          - { name: production, nodes: { static: ["127.0.0.1:9"] }, freezes: {{freezes}} }

        """;
}
