using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Tests.Builds;

public sealed class BuildTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_that_is_asked_for_ends_with_its_files_on_the_index()
    {
        await using var server = await BuildServer.StartAsync();
        var asked = await server.AskAsync();
        Assert.Equal((BuildTriggers.Request, "admin", 0), (asked.Trigger, asked.By, asked.Attempts));
        var build = await server.ReachedAsync(asked.Id, BuildStates.Succeeded);
        Assert.Equal(("1.0", "refs/heads/main", 1), (build.Version, build.Ref, build.Attempts));
        Assert.Equal(["fetch", "checkout", "build", "test", "publish"], build.Steps.Select(step => step.Step));
        Assert.All(build.Steps, step => Assert.NotNull(step.EndedAt));
        Assert.Equal(1, build.Tests!.Passed);
        Assert.NotEmpty(build.Commits);
        var project = await server.Admin.GetProjectAsync("acme", Token);
        var files = Assert.Single(project.Releases).Files;
        Assert.Equal(["acme-1.0-py3-none-any.whl", "acme-1.0.tar.gz"], files.Select(file => file.FileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.EndsWith($"/builds/{build.Id}", file.Build, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(server.Server.Data.Root, "builds", build.Id)));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_project_asks_for_the_network_only_where_the_server_gives_it(string allowed)
    {
        await using var server = await BuildServer.StartAsync(document: null, ("builds.sandbox.allow_network", allowed));
        var applied = server.ApplyAsync("parallel: 2\nnetwork: all\n");
        if (allowed == "true")
        {
            Assert.Equal("acme", Assert.Single(await applied).Project);
            return;
        }

        var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => applied);
        var error = Assert.Single(refusal.Problem.Errors!);
        Assert.Equal((4, "network", "This server's builds have no network but the index."), (error.Line, error.Field, error.Message));
    }

    [Fact]
    public async Task A_pyproject_that_cannot_be_read_fails_the_build_with_the_reason()
    {
        await using var server = await BuildServer.StartAsync();
        var commit = await server.Repository.Write("pyproject.toml", new string('#', 2 << 20)).PushAsync(Token);
        var build = await server.ReachedAsync((await server.AskAsync()).Id, BuildStates.Failed);
        Assert.Equal(("bad_file", $"The file pyproject.toml of the commit {commit[..7]} is larger than 1 MiB, and is not read."), (build.Code, build.Error));
    }

    [Fact]
    public async Task Its_stream_begins_where_the_client_was_cut_off_and_ends_with_the_build()
    {
        await using var server = await BuildServer.StartAsync();
        var build = await server.AskAsync();
        var events = await server.Admin.FollowBuildAsync(build.Id, 0, new EventStreamOptions(), Token).ToListAsync(Token);
        Assert.Equal(EventTypes.BuildRequested, events[0].Type);
        Assert.Equal(EventTypes.BuildEnded, events[^1].Type);
        Assert.Contains(events, happened => happened.Type == EventTypes.BuildLog && happened.Data!.Value.GetProperty("lines")[0].GetString() == "checked out");
        Assert.All(events, happened => Assert.Equal(build.Id, happened.Build));
        var rest = await server.Admin.FollowBuildAsync(build.Id, events[^2].Id, new EventStreamOptions(), Token).ToListAsync(Token);
        Assert.Equal(events[^1].Id, Assert.Single(rest).Id);
        using var http = server.Server.Http();
        var log = await http.GetStringAsync(new Uri($"api/builds/{build.Id}/log", UriKind.Relative), Token);
        Assert.Contains("\nchecked out\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_tests_publish_nothing_and_are_named()
    {
        await using var server = await BuildServer.StartAsync();
        server.Runner.End = (_, outcome) => outcome with
        {
            Failure = new BuildFailure("tests_failed", "1 of 2 tests failed: test_health.", "Mend it."),
            Tests = new TestReport(1, 1, 0, 0.2, [new TestFailure("test_health", "assert 500 == 200", "Traceback")], []),
        };
        var build = await server.ReachedAsync((await server.AskAsync()).Id, BuildStates.Failed);
        Assert.Equal((BuildStates.Failed, "tests_failed", "Mend it."), (build.State, build.Code, build.Fix));
        Assert.Equal("test_health", Assert.Single(build.Tests!.Failures).Name);
        var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.GetProjectAsync("acme", Token));
        Assert.Equal(404, refusal.Problem.Status);
    }

    [Fact]
    public async Task The_same_bytes_again_are_fine_and_others_fail_before_the_tests()
    {
        await using var server = await BuildServer.StartAsync();
        await server.ReachedAsync((await server.AskAsync()).Id, BuildStates.Succeeded);
        var again = await server.AskAsync();
        await server.ReachedAsync(again.Id, BuildStates.Succeeded);
        server.Runner.Salt = "# other";
        var other = await server.ReachedAsync((await server.AskAsync()).Id, BuildStates.Failed);
        Assert.Equal("already_published", other.Code);
        Assert.DoesNotContain(other.Steps, step => step.Step == BuildSteps.Test);
    }

    [Fact]
    public async Task A_wheel_that_is_too_large_for_the_index_fails_before_the_tests()
    {
        await using var server = await BuildServer.StartAsync("", ("index.max_file_mib", "1"));
        server.Runner.Salt = "# " + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(2 << 20));
        var build = await server.ReachedAsync((await server.AskAsync()).Id, BuildStates.Failed);
        Assert.Equal("file_too_large", build.Code);
        Assert.Contains("acme-1.0-py3-none-any.whl has 2 MiB, and the index takes files of at most 1 MiB", build.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(build.Steps, step => step.Step == BuildSteps.Test);
    }

    [Fact]
    public async Task An_unknown_reference_fails_with_its_name()
    {
        await using var server = await BuildServer.StartAsync();
        var build = await server.ReachedAsync((await server.AskAsync("no-such-branch")).Id, BuildStates.Failed);
        Assert.Equal("unknown_ref", build.Code);
        Assert.Contains("no-such-branch", build.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_build_of_a_project_runs_at_a_time_unless_its_document_says_more()
    {
        await using var server = await BuildServer.StartAsync();
        server.Runner.Gate = new SemaphoreSlim(0);
        var first = await server.AskAsync();
        var second = await server.AskAsync();
        await Eventually.TrueAsync(() => server.Runner.Jobs.Count == 1, "the first to begin", TimeSpan.FromSeconds(30), Token);
        Assert.Equal(BuildStates.Queued, (await server.Admin.GetBuildAsync(second.Id, Token)).State);
        server.Runner.Gate.Release();
        await server.ReachedAsync(first.Id, BuildStates.Succeeded);
        await Eventually.TrueAsync(() => server.Runner.Jobs.Count == 2, "the second to begin", TimeSpan.FromSeconds(30), Token);
        server.Runner.Gate.Release();
        await server.ReachedAsync(second.Id, BuildStates.Succeeded);
    }

    [Fact]
    public async Task A_running_build_and_one_that_waits_are_cancelled()
    {
        await using var server = await BuildServer.StartAsync();
        server.Runner.Gate = new SemaphoreSlim(0);
        var running = await server.AskAsync();
        var waiting = await server.AskAsync();
        await Eventually.TrueAsync(() => server.Runner.Jobs.Count == 1, "the first to begin", TimeSpan.FromSeconds(30), Token);
        Assert.Equal(BuildStates.Cancelled, (await server.Admin.CancelBuildAsync(waiting.Id, Token)).State);
        await server.Admin.CancelBuildAsync(running.Id, Token);
        var build = await server.ReachedAsync(running.Id, BuildStates.Cancelled);
        Assert.Equal("admin cancelled it.", build.Error);
        var again = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.CancelBuildAsync(running.Id, Token));
        Assert.Equal(409, again.Problem.Status);
        Assert.Single(await server.EventsAsync(running.Id), happened => happened.Type == EventTypes.BuildEnded);
    }
}
