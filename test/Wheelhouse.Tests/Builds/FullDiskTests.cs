using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Builds;

/// <summary>A disk that is full takes neither files nor what is said about a build. Here the database says so, by triggers.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_in_the_making_give_their_room_back_before_the_end_is_written()
    {
        await using var server = await BuildServer.StartAsync();
        server.Runner.End = (_, _) =>
        {
            Refuse(server, "Full", "true");
            throw new IOException("No space left on device");
        };
        var build = await server.AskAsync();
        await Eventually.TrueAsync(() => server.Runner.Jobs.Count == 1 && !Directory.Exists(FolderOf(server, build)), "the files to go", TimeSpan.FromSeconds(20), Token);
        Assert.Equal(BuildStates.Running, (await server.Admin.GetBuildAsync(build.Id, Token)).State);

        server.Runner.End = (_, outcome) => outcome;
        Run(server, "DROP TRIGGER Full");
        await Eventually.TrueAsync(async () => BuildStates.IsEnded((await server.Admin.GetBuildAsync(build.Id, Token)).State), "the build to end", TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Files_that_may_be_published_already_stay_until_they_are()
    {
        await using var server = await BuildServer.StartAsync();
        Refuse(server, "Publishing", "old.Files IS NOT NULL AND new.Epoch = old.Epoch");
        Refuse(server, "Failure", "new.State = 'failed'");
        var build = await server.AskAsync();
        await Eventually.TrueAsync(async () => (await server.Admin.GetBuildAsync(build.Id, Token)).Attempts > 1, "a second attempt", TimeSpan.FromSeconds(30), Token);
        Assert.Equal(2, Directory.GetFiles(FolderOf(server, build)).Length);

        Run(server, "DROP TRIGGER Publishing");
        await server.ReachedAsync(build.Id, BuildStates.Succeeded);
        Assert.Single(server.Runner.Jobs);
    }

    private static string FolderOf(BuildServer server, BuildView build) => Path.Combine(server.Server.Data.Root, "builds", build.Id);

    /// <summary>Lets no build change where something holds.</summary>
    private static void Refuse(BuildServer server, string name, string condition) =>
        Run(server, $"CREATE TRIGGER {name} BEFORE UPDATE ON Builds WHEN {condition} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

    private static void Run(BuildServer server, string sql)
    {
        using var context = server.Server.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContext();
        context.Database.ExecuteSqlRaw(sql);
    }
}
