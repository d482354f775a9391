using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Automatic;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Rollouts.Automatic;

/// <summary>The whole server with a service whose only node nothing answers for: what begins ends soon.</summary>
public sealed class AutomaticRolloutsTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private WheelhouseClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(Token, configure: builder => builder.Logging.ClearProviders());
        _admin = _server.Admin;
        await _admin.ApplyAsync("""
            service: billing
            package: acme
            python: "3.11"
            root: /srv/billing
            processes: [{ name: web, start: { command: "{current}/bin/web" } }]
            policy: { connect_timeout: 1s, connect_retries: 0 }
            environments:
              - { name: preview, nodes: { static: ["127.0.0.1:9"] }, deploy: automatic-prereleases }
              - { name: staging, nodes: { static: ["127.0.0.1:9"] }, deploy: automatic }
              - { name: production, nodes: { static: ["127.0.0.1:9"] } }

            """, Token);
        await CaughtUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_release_is_deployed_once_where_the_document_says_so()
    {
        await PublishAsync("1.0");
        await CaughtUpAsync();
        var rollout = Assert.Single(await ListAsync("staging"));
        Assert.Equal(("automatic", "1.0", RolloutKinds.Deploy), (rollout.By, rollout.Version, rollout.Kind));
        Assert.Contains("Published by admin", rollout.Reason, StringComparison.Ordinal);
        Assert.Single(await ListAsync("preview"));
        Assert.Empty(await ListAsync("production"));
        await SetBackAsync();
        await CaughtUpAsync();
        Assert.Single(await ListAsync("staging"));
    }

    [Fact]
    public async Task Only_who_asks_for_them_gets_prereleases()
    {
        await PublishAsync("2.0rc1");
        await PublishAsync("2.0.dev3");
        await PublishAsync("1.0+g3f2a1c9");
        await CaughtUpAsync();
        Assert.Empty(await ListAsync("staging"));
        Assert.NotEmpty(await ListAsync("preview"));
    }

    [Fact]
    public async Task Nothing_older_than_what_runs_is_deployed()
    {
        await _server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(
            context => context.Add(new RolloutRow
            {
                Id = Ulid.New(DateTimeOffset.UnixEpoch.AddYears(55)),
                Service = "billing",
                Environment = "staging",
                Kind = RolloutKinds.Deploy,
                State = RolloutStates.Succeeded,
                Version = "3.0",
                By = "ann",
                EndedAt = DateTimeOffset.UnixEpoch.AddYears(55),
            }),
            Token);
        await PublishAsync("2.0");
        await CaughtUpAsync();
        Assert.Single(await ListAsync("staging"));
        await PublishAsync("3.1");
        await CaughtUpAsync();
        Assert.Equal(["3.1", "3.0"], (await ListAsync("staging")).Select(rollout => rollout.Version));
    }

    [Fact]
    public async Task A_hold_refuses_it_and_that_is_told()
    {
        await _admin.PlaceHoldAsync(new HoldRequest { Service = "billing", Environment = "staging", Reason = "Audit" }, Token);
        await PublishAsync("1.0");
        await CaughtUpAsync();
        Assert.Empty(await ListAsync("staging"));
        var told = Assert.Single(await _admin.ReadEventsAsync(new EventQuery(), Token).Where(happened => happened.Type == EventTypes.RolloutRefused).ToListAsync(Token));
        Assert.Contains("Audit", told.Message, StringComparison.Ordinal);
    }

    private async Task PublishAsync(string version)
    {
        var wheel = Archives.Wheel(version: version);
        using var content = new MemoryStream(wheel);
        await _admin.UploadAsync(
            new Upload(
                $"acme-{version}-py3-none-any.whl", "bdist_wheel", "py3", Convert.ToHexStringLower(SHA256.HashData(wheel)),
                [new("metadata_version", "2.1"), new("name", "acme"), new("version", version)]),
            content,
            Token);
    }

    private Task<IReadOnlyList<RolloutView>> ListAsync(string environment) => _admin.ListRolloutsAsync("billing", environment, 10, before: null, Token);

    /// <summary>Asks for all that is to be deployed now; the server's own turn may come before or after.</summary>
    private Task CaughtUpAsync() => ActivatorUtilities.CreateInstance<AutomaticRollouts>(_server.Services).RunAsync(Token);

    /// <summary>As if the server had been killed between asking for the rollout and writing that down.</summary>
    private Task SetBackAsync() => _server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context => context.Find<AutomaticCursorRow>(AutomaticCursorRow.Only)!.Cursor = 0, Token);
}
