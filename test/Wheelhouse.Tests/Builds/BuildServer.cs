using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Builds;

/// <summary>The whole server with a real repository of the project acme, and a runner that does what the test wants.</summary>
internal sealed class BuildServer : IAsyncDisposable
{
    private BuildServer(TestServer server, SourceRepository repository) => (Server, Repository, Admin) = (server, repository, server.Admin);

    public TestServer Server { get; }

    public SourceRepository Repository { get; }

    public WheelhouseClient Admin { get; }

    public ScriptedRunner Runner { get; private init; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="document">What follows project and repository in the document of acme; null applies none.</param>
    /// <param name="settings">Settings of the server.</param>
    public static async Task<BuildServer> StartAsync(string? document = "", params (string Name, string Value)[] settings)
    {
        var runner = new ScriptedRunner();
        var all = settings.Append(("builds.git.allow_local", "true")).ToDictionary(StringComparer.Ordinal);
        var server = new BuildServer(
            await TestServer.StartAsync(Token, all, builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<IBuildRunner>(runner);
            }),
            await SourceRepository.CreateAsync(Token))
        { Runner = runner };
        await server.Repository.Write("pyproject.toml", "[project]\nname = \"acme\"\nversion = \"1.0\"\n").PushAsync(Token, "Begin");
        if (document is not null) await server.ApplyAsync(document);
        return server;
    }

    public Task<IReadOnlyList<AppliedBuildProject>> ApplyAsync(string document) => Admin.ApplyBuildProjectsAsync($"project: acme\nrepository: {Repository.Bare}\n{document}", Token);

    public Task<BuildView> AskAsync(string? reference = null) => Admin.RequestBuildAsync("acme", new BuildRequest { Ref = reference }, Token);

    /// <summary>Waits until a build is in a state.</summary>
    public async Task<BuildView> ReachedAsync(string build, string state)
    {
        BuildView? view = null;
        await Eventually.TrueAsync(
            async () => (view = await Admin.GetBuildAsync(build, Token)).State == state || (BuildStates.IsEnded(view.State) ? throw new InvalidOperationException($"{view.State}: {view.Error}") : false),
            $"{build} to be {state}", TimeSpan.FromSeconds(30), Token);
        return view!;
    }

    public async Task<IReadOnlyList<EventView>> EventsAsync(string build) => await Admin.ReadEventsAsync(new EventQuery { Build = build }, Token).ToListAsync(Token);

    public async Task<T> ReadAsync<T>(Func<WheelhouseContext, T> read)
    {
        await using var context = await Server.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        return read(context);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
        Repository.Dispose();
    }
}
