using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Builds;

/// <summary>What a killed server leaves is put into the database here; the server finds it as after its start.</summary>
public sealed class ResumedBuildTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_that_was_cut_off_is_begun_again_and_ends_once()
    {
        await using var server = await BuildServer.StartAsync();
        var id = await LeaveAsync(server, row => row.Ref = "refs/heads/main");
        var build = await server.ReachedAsync(id, BuildStates.Succeeded);
        Assert.Equal(2, build.Attempts);
        Assert.Single(server.Runner.Jobs);
        Assert.Single(await server.EventsAsync(id), happened => happened.Type == EventTypes.BuildEnded);
    }

    [Fact]
    public async Task Files_that_are_recorded_are_published_and_not_built_again()
    {
        await using var server = await BuildServer.StartAsync();
        var wheel = Archives.Wheel();
        const string name = "acme-1.0-py3-none-any.whl";
        var id = await LeaveAsync(server, row =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(server.Server.Data.Root, "builds", row.Id)).FullName;
            File.WriteAllBytes(Path.Combine(folder, name), wheel);
            row.Version = "1.0";
            row.Files = BuildRowExtensions.Write<IReadOnlyList<BuiltFile>>([new BuiltFile(name, "1.0", wheel.Length, Convert.ToHexStringLower(SHA256.HashData(wheel)))]);
        });
        var build = await server.ReachedAsync(id, BuildStates.Succeeded);
        Assert.Equal(["publish"], build.Steps.Select(step => step.Step));
        Assert.Empty(server.Runner.Jobs);
        Assert.Equal(name, Assert.Single((await server.Admin.GetProjectAsync("acme", Token)).Releases[0].Files).FileName);
    }

    [Fact]
    public async Task Files_that_are_not_whole_are_built_again()
    {
        await using var server = await BuildServer.StartAsync();
        var id = await LeaveAsync(server, row => row.Files = BuildRowExtensions.Write<IReadOnlyList<BuiltFile>>([new BuiltFile("acme-1.0-py3-none-any.whl", "1.0", 3, new string('0', 64))]));
        await server.ReachedAsync(id, BuildStates.Succeeded);
        Assert.Single(server.Runner.Jobs);
    }

    [Fact]
    public async Task Whoever_lost_a_build_writes_nothing_more()
    {
        await using var server = await BuildServer.StartAsync();
        server.Runner.Gate = new SemaphoreSlim(0);
        var build = await server.AskAsync();
        await Eventually.TrueAsync(() => server.Runner.Jobs.Count == 1, "the build to begin", TimeSpan.FromSeconds(30), Token);
        await WriteAsync(server, context => context.Find<BuildRow>(build.Id)!.Epoch = 7);
        server.Runner.Gate.Release(2);
        var ended = await server.ReachedAsync(build.Id, BuildStates.Succeeded);
        Assert.Equal(8, ended.Attempts);
        Assert.Single(await server.EventsAsync(build.Id), happened => happened.Type == EventTypes.BuildEnded);
    }

    private static async Task<string> LeaveAsync(BuildServer server, Action<BuildRow> change)
    {
        var row = new BuildRow
        {
            Id = Ulid.New(DateTimeOffset.UnixEpoch.AddYears(60)),
            Project = "acme",
            By = "ann",
            Trigger = BuildTriggers.Request,
            State = BuildStates.Running,
            IsAdmitted = true,
            Epoch = 1,
            StartedAt = DateTimeOffset.UnixEpoch.AddYears(60),
        };
        change(row);
        await WriteAsync(server, context => context.Add(row));
        return row.Id;
    }

    private static Task WriteAsync(BuildServer server, Action<WheelhouseContext> change) => server.Server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(change, Token);
}
