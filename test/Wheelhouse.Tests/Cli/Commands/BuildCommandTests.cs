using Wheelhouse.Cli;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Tests.Builds;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class BuildCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_is_added_built_followed_and_deleted()
    {
        await using var server = await BuildServer.StartAsync(document: null);
        AssertSays(await RunAsync(server, "projects", "list"), ExitCodes.Success, "Nothing is built yet.");
        AssertSays(await RunAsync(server, "projects", "add", server.Repository.Bare, "--name", "acme"), ExitCodes.Success, "acme  created, revision 1", "wheelhouse build acme");
        AssertSays(await RunAsync(server, "projects", "add", server.Repository.Bare, "--name", "acme"), ExitCodes.Refused, "is built already");
        AssertSays(await RunAsync(server, "projects", "show", "acme"), ExitCodes.Success, "project: \"acme\"");
        AssertSays(await RunAsync(server, "build", "acme", "--ref", "main"), ExitCodes.Success, "checked out", "1 passed", "acme 1.0: succeeded", "acme-1.0-py3-none-any.whl");
        var build = (await server.Admin.ListBuildsAsync("acme", state: null, 1, before: null, Token))[0];
        AssertSays(await RunAsync(server, "builds", "follow", build.Id), ExitCodes.Success, "checked out", "acme 1.0: succeeded");
        AssertSays(await RunAsync(server, "builds", "acme"), ExitCodes.Success, build.Id, "succeeded", "main");
        AssertSays(await RunAsync(server, "builds", "cancel", build.Id), ExitCodes.Refused, "has ended");
        AssertSays(await RunAsync(server, "projects", "list"), ExitCodes.Success, "acme", "succeeded");
        var mirror = Path.Combine(server.Server.Data.Root, "builds", "repositories", "acme.git");
        Assert.True(Directory.Exists(mirror));
        AssertSays(await RunAsync(server, "projects", "delete", "acme"), ExitCodes.Success, "is not built any more");
        Assert.False(Directory.Exists(mirror));
        AssertSays(await RunAsync(server, "build", "acme"), ExitCodes.Refused, "There is no project 'acme' to build.");
    }

    [Fact]
    public async Task The_exit_code_and_the_last_lines_tell_why_a_build_failed()
    {
        await using var server = await BuildServer.StartAsync();
        server.Runner.End = (_, outcome) => outcome with
        {
            Failure = new BuildFailure("tests_failed", "1 of 1 tests failed.", "Mend it."),
            Tests = new TestReport(0, 1, 0, 0.2, [new TestFailure("test_health", "assert 500 == 200", "Traceback")], []),
        };
        AssertSays(await RunAsync(server, "build", "acme"), ExitCodes.Failed, "acme 1.0: failed", "test_health: assert 500 == 200", "1 of 1 tests failed.", "fix: Mend it.");
    }

    [Fact]
    public async Task A_working_tree_is_built_as_it_lies_there_and_nothing_is_published()
    {
        await using var server = await BuildServer.StartAsync();
        var repository = server.Repository.Write("gone.py", "").Write(".gitignore", "ignored\n");
        var pushed = await repository.PushAsync(Token);
        repository.Write("new.py", "print('new')\n").Write("ignored", "x").Write("acme/__init__.py", "changed = True\n");
        File.Delete(Path.Combine(repository.Tree, "gone.py"));
        var before = await repository.GitAsync(Token, "status", "--porcelain");
        AssertSays(await RunAsync(server, "build", repository.Tree), ExitCodes.Success, "with what is not committed", "checked out", "1 passed", "Not published");
        Assert.Equal(before, await repository.GitAsync(Token, "status", "--porcelain"));
        Assert.DoesNotContain("commit", await repository.GitAsync(Token, "fsck", "--unreachable", "--no-reflogs"), StringComparison.Ordinal);

        Assert.True(server.Runner.Jobs.TryPeek(out var job));
        Assert.Equal(pushed, (await GitAsync(job, "rev-parse", job.Commit + "^")).Trim());
        Assert.Equal([".gitignore", "acme/__init__.py", "new.py", "pyproject.toml"], (await GitAsync(job, "ls-tree", "-r", "--name-only", job.Commit)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.GetProjectAsync("acme", Token));
        var build = (await server.Admin.ListBuildsAsync("acme", state: null, 1, before: null, Token))[0];
        Assert.Equal((BuildTriggers.WorkingTree, 0), (build.Trigger, build.Files.Count));
    }

    [Fact]
    public async Task Of_a_working_tree_only_what_the_remotes_lack_is_sent_and_all_of_it_when_the_server_lacks_that_too()
    {
        await using var server = await BuildServer.StartAsync();
        var repository = server.Repository;
        await repository.GitAsync(Token, "update-ref", "refs/remotes/origin/main", "HEAD");
        AssertSays(await RunAsync(server, "build", repository.Tree + "/"), ExitCodes.Success, "Not published");

        repository.Write("acme.py", "one\n");
        await repository.GitAsync(Token, "add", "--all");
        await repository.GitAsync(Token, "commit", "--quiet", "--message", "Somewhere else");
        await repository.GitAsync(Token, "update-ref", "refs/remotes/fork/main", "HEAD");
        repository.Write("acme.py", "two\n");
        AssertSays(await RunAsync(server, "build", repository.Tree), ExitCodes.Success, "with what is not committed", "Not published");
        var job = server.Runner.Jobs.Last();
        Assert.Equal("two", await GitAsync(job, "show", job.Commit + ":acme.py"));
    }

    [Fact]
    public async Task What_cannot_be_built_of_a_working_tree_is_refused_with_its_reason()
    {
        await using var server = await BuildServer.StartAsync();
        using var folder = new TempFolder("wh-tree");
        AssertSays(await RunAsync(server, "build", folder.Root), ExitCodes.Usage, "no pyproject.toml with a name", "--project NAME");
        AssertSays(await RunAsync(server, "build", folder.Root, "--project", "acme"), ExitCodes.Error, "is in no working tree of git");
        AssertSays(await RunAsync(server, "build", "./no-such-folder"), ExitCodes.Usage, "There is no folder");
        AssertSays(await RunAsync(server, "build", server.Repository.Tree, "--ref", "main"), ExitCodes.Usage, "--ref is for a project");
        AssertSays(await RunAsync(server, "build", server.Repository.Tree, "--project", "other"), ExitCodes.Refused, "There is no project 'other' to build.");
        var commit = (await server.Repository.GitAsync(Token, "rev-parse", "HEAD")).Trim();
        await RefusedAsync(400, "bad_pack", commit, "no pack at all"u8.ToArray());
        await RefusedAsync(400, "no_commit", "HEAD", []);
        Assert.Empty(await server.Admin.ListBuildsAsync("acme", state: null, 1, before: null, Token));

        async Task RefusedAsync(int status, string code, string name, byte[] pack)
        {
            var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.Admin.BuildWorkingTreeAsync("acme", name, new MemoryStream(pack), Token));
            Assert.Equal((status, code), (refusal.Problem.Status, refusal.Problem.Code));
        }
    }

    private static Task<string> GitAsync(BuildJob job, params string[] arguments) => ChildProcess.CheckAsync("git", ["-C", job.Repository, .. arguments], Token);

    private static async Task<CliResult> RunAsync(BuildServer server, params string[] line)
    {
        using var cli = new CliRunner(server.Server.Url.ToString(), TestServer.AdminToken);
        return await cli.RunAsync(line);
    }

    private static void AssertSays(CliResult result, int code, params string[] words)
    {
        Assert.True(code == result.Code, $"{result.Code}: {result.Out}{result.Error}");
        Assert.All(words, word => Assert.Contains(word, result.Out + result.Error, StringComparison.Ordinal));
    }
}
