using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Triggers;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Builds.Triggers;

public sealed class PollerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_there_before_is_not_built_and_what_comes_is_once()
    {
        await using var server = await BuildServer.StartAsync("poll: 1h\nversion: tags\n");
        await PollAsync(server);
        Assert.Empty(await ListAsync(server));
        await server.Repository.PushAsync(Token, "New on main");
        await server.Repository.PushAsync(Token, "Elsewhere", branch: "feature");
        await server.Repository.GitAsync(Token, "tag", "v1.4.0");
        await server.Repository.PushAsync(Token, "Newer on main");
        await PollAsync(server);
        await PollAsync(server);
        await Eventually.TrueAsync(async () => (await ListAsync(server)).Count(build => build.State == BuildStates.Succeeded) == 2, "both builds", TimeSpan.FromSeconds(30), Token);
        var builds = await ListAsync(server);
        Assert.Equal(["refs/heads/main", "refs/tags/v1.4.0"], builds.Select(build => build.Ref).Order(StringComparer.Ordinal));
        Assert.All(builds, build => Assert.Equal((BuildTriggers.Poll, "polling"), (build.Trigger, build.By)));
        Assert.Equal("1.4.0", builds.Single(build => build.Ref == "refs/tags/v1.4.0").Version);
        Assert.StartsWith("1.4.1.dev1+g", builds.Single(build => build.Ref == "refs/heads/main").Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_cannot_be_asked_is_told_on_the_project()
    {
        await using var server = await BuildServer.StartAsync(document: null);
        await server.Admin.ApplyBuildProjectsAsync("project: acme\nrepository: /nonexistent/acme.git\npoll: 1h\n", Token);
        await PollAsync(server);
        Assert.NotNull((await server.Admin.GetBuildProjectAsync("acme", Token)).PollError);
    }

    private static async Task PollAsync(BuildServer server)
    {
        await server.Server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context => context.Find<BuildProjectRow>("acme")!.PolledAt = null, Token);
        await server.Server.Services.GetRequiredService<Poller>().PollDueAsync(Token);
    }

    private static Task<IReadOnlyList<BuildView>> ListAsync(BuildServer server) => server.Admin.ListBuildsAsync("acme", state: null, 10, before: null, Token);
}
