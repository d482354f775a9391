using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Health;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Hosting.Health;

/// <summary>A server says that it is ready only while it can do its work, and that it lives as long as it answers.</summary>
public sealed class ReadinessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_server_is_ready()
    {
        await using var server = await TestServer.StartAsync(Token);
        using var http = server.Http(null);
        Assert.Equal("ready", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Token));
        Assert.Empty(Directory.GetFiles(server.Data.Root, ".ready*"));
    }

    [Fact]
    public async Task Without_its_writer_it_is_not_ready_but_lives()
    {
        await using var server = await TestServer.StartAsync(Token);
        await server.Services.GetRequiredService<DatabaseWriter>().StopAsync(Token);
        await AssertNotReadyAsync(server, "writer stopped");
    }

    [Fact]
    public async Task With_a_directory_that_cannot_be_written_it_is_not_ready_but_lives()
    {
        await using var server = await TestServer.StartAsync(Token);
        Directory.Move(server.Data.Root, server.Data.Root + ".away");
        try
        {
            await AssertNotReadyAsync(server, "cannot be");
        }
        finally
        {
            Directory.Move(server.Data.Root + ".away", server.Data.Root);
        }
    }

    [Fact]
    public async Task With_a_damaged_database_it_is_not_ready_but_lives()
    {
        await using var server = await TestServer.StartAsync(Token);
        await server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context => Damage(context), Token);
        await AssertNotReadyAsync(server, "database cannot be used");
    }

    [Fact]
    public async Task With_a_writer_that_is_stuck_it_is_not_ready()
    {
        await using var server = await TestServer.StartAsync(Token);
        var time = new FakeTimeProvider();
        var writer = server.Services.GetRequiredService<DatabaseWriter>();
        using var stuck = new ManualResetEventSlim();
        var writing = writer.WriteAsync(_ => stuck.Wait(Token), Token);
        var readiness = ActivatorUtilities.CreateInstance<Readiness>(server.Services, time);
        var asking = readiness.CheckAsync(Token);
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains("not written to", (await Assert.ThrowsAsync<ApiException>(() => asking)).Message, StringComparison.Ordinal);
        stuck.Set();
        await writing;
        await readiness.CheckAsync(Token);
    }

    [Fact]
    public async Task Before_its_start_is_finished_it_is_not_ready()
    {
        WebApplication? starting = null;
        ApiException? refusal = null;
        await using var server = await TestServer.StartAsync(
            Token,
            configure: builder => builder.Services.AddHostedService(_ => new Asking(async () => refusal = await AskAsync(starting!))),
            map: app => starting = app);
        Assert.Equal((503, "not_ready"), (refusal!.Status, refusal.Code));
        Assert.Contains("still starting", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<ApiException> AskAsync(WebApplication app) =>
        Assert.ThrowsAsync<ApiException>(() => app.Services.GetRequiredService<Readiness>().CheckAsync(Token));

    private static void Damage(WheelhouseContext context) => context.Database.ExecuteSql($"ALTER TABLE __EFMigrationsHistory RENAME COLUMN MigrationId TO Gone");

    private static async Task AssertNotReadyAsync(TestServer server, string reason)
    {
        using var http = server.Http(null);
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(Token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready"), (answer.StatusCode, problem!.Code));
        Assert.Contains(reason, problem.Detail, StringComparison.Ordinal);
        Assert.Equal("live", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative), Token));
    }

    /// <summary>Something that takes part in the start.</summary>
    private sealed class Asking(Func<Task> ask) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => ask();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
