using Wheelhouse.Cli;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Cli.Publishing.Git;

/// <summary><c>wheelhouse publish</c> in a git working tree tells which commits each release brings.</summary>
public sealed class PublishedCommitsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private TestServer _server = null!;
    private WheelhouseClient _admin = null!;
    private WorkingTree _tree = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(Token);
        _admin = _server.Admin;
        _tree = await WorkingTree.MakeAsync(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_release_says_its_commits_since_the_one_before()
    {
        var first = await _tree.CommitAsync(1, "Begin");
        await _tree.CommitAsync(2, "Bill");
        var result = await PublishAsync("1.0");
        Assert.Contains("acme 1.0  1 commit", result.Out, StringComparison.Ordinal);
        var third = await _tree.CommitAsync(3, "Round half to even, \"quoted\" – «ça»");
        await _tree.GitAsync("checkout", "-q", "-b", "side", first);
        var side = await _tree.CommitAsync(4, "Meanwhile");
        await _tree.GitAsync("checkout", "-q", "main");
        await _tree.GitAsync(5, "merge", "-q", "--no-ff", "-m", "Merge side", "side");
        result = await PublishAsync("1.1");

        Assert.Contains("acme 1.1  2 commits since 1.0", result.Out, StringComparison.Ordinal);
        var known = (await ListAsync())[0];
        Assert.Equal(("1.1", "1.0", await _tree.GitAsync("rev-parse", "HEAD")), (known.Version, known.Previous, known.Commit));
        Assert.Equal(
            [
                new CommitView(side, WorkingTree.Start.AddMinutes(4), "Ada", "Meanwhile", $"https://git.example.org/acme/billing/commit/{side}"),
                new CommitView(third, WorkingTree.Start.AddMinutes(3), "Ada", "Round half to even, \"quoted\" – «ça»", $"https://git.example.org/acme/billing/commit/{third}"),
            ],
            known.Commits);
    }

    [Fact]
    public async Task A_release_of_another_branch_is_not_the_one_before()
    {
        await _tree.CommitAsync(1, "Begin");
        await PublishAsync("1.0");
        await _tree.GitAsync("checkout", "-q", "-b", "next");
        await _tree.CommitAsync(2, "Rewrite");
        await PublishAsync("2.0");
        await _tree.GitAsync("checkout", "-q", "main");
        await _tree.CommitAsync(3, "Mend");
        await PublishAsync("1.0.1");
        await _tree.GitAsync("checkout", "-q", "next");
        await PublishAsync("2.1"); // of the same commit as 2.0

        Assert.Equal(
            [("2.1", "2.0", 0), ("1.0.1", "1.0", 1), ("2.0", "1.0", 1), ("1.0", null, 1)],
            (await ListAsync()).Select(release => (release.Version, release.Previous, release.Commits.Count)));
    }

    [Fact]
    public async Task A_release_that_was_there_already_keeps_its_commits()
    {
        await _tree.CommitAsync(1, "Begin");
        await PublishAsync("1.0");
        await _tree.CommitAsync(2, "Go on");
        var again = await RunAsync("publish", "--skip-existing", Wheel("1.0"));
        Assert.Equal(ExitCodes.Success, again.Code);
        Assert.Equal("Begin", Assert.Single(Assert.Single(await ListAsync()).Commits).Subject);
    }

    [Fact]
    public async Task Of_a_file_that_was_there_already_no_commits_are_said()
    {
        await File.WriteAllBytesAsync(_folder["acme-1.0-py3-none-any.whl"], Archives.Wheel(version: "1.0"), Token);
        await RunAsync("publish", _folder["acme-1.0-py3-none-any.whl"]); // from elsewhere
        await _tree.CommitAsync(1, "Begin");
        await File.WriteAllBytesAsync(Wheel("1.0"), Archives.Zip(Archives.WheelFiles("acme", "1.0").Append(new("acme/more.py", ""))), Token);

        var again = await RunAsync("publish", "--skip-existing", Wheel("1.0"));

        Assert.Contains("skipped", again.Out, StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Of_a_wheel_of_another_project_among_the_sources_no_commits_are_said_unless_told()
    {
        await _tree.CommitAsync(1, "Begin");
        await File.WriteAllTextAsync(Path.Combine(_tree.Root, "pyproject.toml"), "[project]\nname = \"Acme.Billing\"\n", Token);

        var foreign = await PublishAsync("1.0");
        Assert.Contains("The commits of acme 1.0 were not reported: the sources around it are those of Acme.Billing.", foreign.Error, StringComparison.Ordinal);
        Assert.Empty(await ListAsync());

        await RunAsync("publish", "--repository", _tree.Root, await MakeWheelAsync("1.0"));
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task A_repository_that_is_none_is_told_before_anything_is_sent()
    {
        var result = await RunAsync("publish", "--repository", _folder.Root, await MakeWheelAsync("1.0"));
        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Contains($"--repository: {_folder.Root} is not in a git working tree", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_with_an_impossible_time_zone_is_one_like_others()
    {
        var commit = await _tree.CommitAsync(1, "Begin");
        var raw = (await _tree.GitAsync("cat-file", "commit", commit)).Replace("+0200", "+51800", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder["raw"], raw + "\n", Token);
        var broken = await _tree.GitAsync("hash-object", "-t", "commit", "-w", "--literally", _folder["raw"]);
        await _tree.GitAsync("update-ref", "refs/heads/main", broken);

        await PublishAsync("1.0");

        Assert.Equal((broken, WorkingTree.Start.AddMinutes(1)), Assert.Single(Assert.Single(await ListAsync()).Commits) is var said ? (said.Sha, said.At) : default);
    }

    [Fact]
    public async Task A_shallow_clone_that_does_not_reach_the_release_before_gets_a_hint()
    {
        await _tree.CommitAsync(1, "Begin");
        await PublishAsync("1.0");
        await _tree.CommitAsync(2, "Go on");
        await _tree.GitAsync("clone", "-q", "--depth", "1", $"file://{_tree.Root}", _folder["shallow"]);
        var result = await RunAsync("publish", "--repository", _folder["shallow"], await MakeWheelAsync("1.1"));
        Assert.Equal(ExitCodes.Success, result.Code);
        Assert.Contains("The commits of acme 1.1 were not reported: the clone is shallow", result.Error, StringComparison.Ordinal);
        Assert.Contains("fetch-depth: 0", result.Error, StringComparison.Ordinal);
        Assert.Equal(["1.0"], (await ListAsync()).Select(release => release.Version));
    }

    [Fact]
    public async Task Without_a_commit_a_working_tree_or_the_wish_nothing_is_said()
    {
        var empty = await PublishAsync("1.0");
        Assert.Contains("The commits of acme 1.0 were not reported: ", empty.Error, StringComparison.Ordinal);
        await _tree.CommitAsync(1, "Begin");
        Assert.Equal("", (await RunAsync("publish", "--no-commits", await MakeWheelAsync("1.1"))).Error);
        await File.WriteAllBytesAsync(_folder["acme-1.2-py3-none-any.whl"], Archives.Wheel(version: "1.2"), Token);
        Assert.Equal("", (await RunAsync("publish", _folder["acme-1.2-py3-none-any.whl"])).Error);
        Assert.Empty(await ListAsync());
    }

    private Task<IReadOnlyList<ReleaseCommitsView>> ListAsync() => _admin.ListReleaseCommitsAsync("acme", Token);

    private async Task<CliResult> PublishAsync(string version)
    {
        var result = await RunAsync("publish", await MakeWheelAsync(version));
        Assert.True(result.Code == ExitCodes.Success, result.Error);
        return result;
    }

    private async Task<string> MakeWheelAsync(string version)
    {
        await File.WriteAllBytesAsync(Wheel(version), Archives.Wheel(version: version), Token);
        return Wheel(version);
    }

    private string Wheel(string version) => Path.Combine(_tree.Root, "dist", $"acme-{version}-py3-none-any.whl");

    private async Task<CliResult> RunAsync(params string[] line)
    {
        using var cli = new CliRunner(_server.Url.ToString(), TestServer.AdminToken);
        return await cli.RunAsync(line);
    }
}
