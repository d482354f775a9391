using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Builds.Statuses;

public sealed class StatusTellerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string? Token, string? State)> _told = new();
    private readonly WebApplication _host = Host();
    private int _failures;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host.MapPost("/{**path}", async http =>
        {
            if (Interlocked.Decrement(ref _failures) >= 0)
            {
                http.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
                return;
            }

            var body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
            _told.Enqueue((http.Request.Path, http.Request.Headers.Authorization, body.GetProperty("state").GetString()));
            http.Response.StatusCode = (int)HttpStatusCode.Created;
        });
        await _host.StartAsync(Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_host_is_told_how_a_build_ended_once_also_when_it_was_away()
    {
        _failures = 1;
        await using var server = await BuildServer.StartAsync(document: null);
        await ApplyAsync(server);
        var id = await LeaveAsync(server, BuildStates.Succeeded, 'a');
        await Eventually.TrueAsync(() => !_told.IsEmpty, "the status", TimeSpan.FromSeconds(30), Token);
        await Eventually.TrueAsync(async () => (await server.Admin.GetBuildAsync(id, Token)).StatusError is null, "no error any more", TimeSpan.FromSeconds(30), Token);
        Assert.Equal(($"/api/v1/repos/acme/billing/statuses/{new string('a', 40)}", "token t0ken", "success"), Assert.Single(_told));
    }

    [Fact]
    public async Task What_is_not_built_is_not_told_and_what_failed_early_is()
    {
        await using var server = await BuildServer.StartAsync(document: null);
        await LeaveAsync(server, BuildStates.Skipped, 'a');
        await LeaveAsync(server, BuildStates.Superseded, 'b');
        await LeaveAsync(server, BuildStates.Failed, 'c');
        await ApplyAsync(server);
        await Eventually.TrueAsync(() => !_told.IsEmpty, "the status", TimeSpan.FromSeconds(30), Token);
        var (path, _, state) = Assert.Single(_told);
        Assert.EndsWith(new string('c', 40), path, StringComparison.Ordinal);
        Assert.Equal("failure", state);
    }

    private async Task ApplyAsync(BuildServer server)
    {
        await server.Admin.SetSecretAsync("status", "t0ken", Token);
        await server.Admin.ApplyBuildProjectsAsync($"project: acme\nrepository: {_host.Urls.First()}/acme/billing.git\nhost: gitea\nstatuses: secret:status\n", Token);
    }

    private static async Task<string> LeaveAsync(BuildServer server, string state, char digit)
    {
        var now = TimeProvider.System.GetUtcNow();
        var row = new BuildRow
        {
            Id = Ulid.New(now),
            Project = "acme",
            Commit = new string(digit, 40),
            By = "ann",
            Trigger = BuildTriggers.Push,
            State = state,
            CreatedAt = now,
            EndedAt = now,
        };
        await server.Server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context => context.Add(row), Token);
        return row.Id;
    }

    private static WebApplication Host()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
