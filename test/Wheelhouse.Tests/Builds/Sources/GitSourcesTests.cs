using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Builds.Sources;

public sealed class GitSourcesTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new("wh-src");
    private SourceRepository _repository = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SourceLocation Location => new("acme", "file://" + _repository.Bare, null);

    public async ValueTask InitializeAsync() => _repository = await SourceRepository.CreateAsync(Token);

    public ValueTask DisposeAsync()
    {
        _repository.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_the_host_has_is_listed_and_fetched()
    {
        var first = await _repository.Write("a.txt", "eins\n").PushAsync(Token, "Add a file");
        await _repository.GitAsync(Token, "tag", "--annotate", "--message", "one", "v1.0");
        var second = await _repository.Write("b.txt", "zwei\n").PushAsync(Token, "Add another");
        var sources = Sources();
        Assert.Equal(
            [new("HEAD", second), new("refs/heads/main", second), new("refs/tags/v1.0", first)],
            (await sources.ListAsync(Location, Token)).OrderBy(found => found.Name, StringComparer.Ordinal));

        var mirror = await sources.FetchAsync(Location, Token);
        Assert.Equal(new("refs/heads/main", second), await mirror.ResolveAsync(null, Token));
        Assert.Equal(new("refs/heads/main", second), await mirror.ResolveAsync("main", Token));
        Assert.Equal(new("refs/tags/v1.0", first), await mirror.ResolveAsync("v1.0", Token));
        Assert.Equal(new(first, first), await mirror.ResolveAsync(first, Token));
        Assert.Equal("zwei\n", await mirror.ReadFileAsync(second, "b.txt", Token));
        Assert.Null(await mirror.ReadFileAsync(first, "b.txt", Token));
        Assert.Equal(new SourceDescription(PythonVersion.Parse("1.0"), 1), await mirror.DescribeAsync(second, Token));
        Assert.Equal(["Add another"], (await mirror.ListCommitsAsync(second, first, 10, Token)).Select(commit => commit.Subject));
        Assert.Equal(new(first, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "Ada", "Add a file"), await mirror.ReadCommitAsync(first, Token));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_as_text_is_named_with_the_reason()
    {
        _repository.Write("folder/pyproject.toml", "").Write("large.toml", new string('#', (1 << 20) + 1));
        await File.WriteAllBytesAsync(Path.Combine(_repository.Tree, "latin.toml"), [0x23, 0xe9], Token);
        File.CreateSymbolicLink(Path.Combine(_repository.Tree, "link.toml"), "folder/pyproject.toml");
        var commit = await _repository.PushAsync(Token);
        var mirror = await Sources().FetchAsync(Location, Token);

        Assert.Equal("", await mirror.ReadFileAsync(commit, "folder/pyproject.toml", Token));
        foreach (var absent in (string[])["absent.toml", "folder/absent.toml", "absent/pyproject.toml", "*.toml"]) Assert.Null(await mirror.ReadFileAsync(commit, absent, Token));
        foreach (var (name, flaw) in ((string, string)[])[("large.toml", "is larger than 1 MiB"), ("latin.toml", "is not UTF-8"), ("link.toml", "is a symbolic link"), ("folder", "is no file")])
        {
            var refused = await Assert.ThrowsAsync<SourceException>(() => mirror.ReadFileAsync(commit, name, Token));
            Assert.Equal(("bad_file", $"The file {name} of the commit {commit[..7]} {flaw}, and is not read."), (refused.Code, refused.Message));
        }
    }

    [Fact]
    public async Task The_nearest_version_is_found_behind_tags_that_are_none()
    {
        await TagAsync("v0.9");
        await TagAsync("v1.0rc1", "v1.1", "v1.0");
        for (var i = 0; i < 12; i++) await TagAsync($"v2x-not-a-version-{i}", $"v5.{i}+local.1", $"linux-{i}.0");
        Assert.Equal(new SourceDescription(PythonVersion.Parse("1.1"), 12), await DescribeAsync());
        await TagAsync("V6.0");
        await _repository.GitAsync(Token, "tag", "--annotate", "--message", "one", "v6.0.post1");
        await _repository.PushAsync(Token);
        Assert.Equal(new SourceDescription(PythonVersion.Parse("6.0.post1"), 1), await DescribeAsync());
    }

    [Fact]
    public async Task A_version_of_a_branch_counts_once_it_is_merged_and_by_its_distance()
    {
        await TagAsync("v1.0");
        await _repository.GitAsync(Token, "checkout", "--quiet", "-b", "side");
        await TagAsync("v3.0");
        await _repository.GitAsync(Token, "checkout", "--quiet", "main");
        for (var i = 0; i < 3; i++) await _repository.PushAsync(Token);
        Assert.Equal(new SourceDescription(PythonVersion.Parse("1.0"), 3), await DescribeAsync());
        await TagAsync("v2.0");
        await _repository.GitAsync(Token, "merge", "--quiet", "--no-edit", "side");
        await _repository.PushAsync(Token);
        Assert.Equal(new SourceDescription(PythonVersion.Parse("2.0"), 3), await DescribeAsync());
    }

    [Fact]
    public async Task Without_a_version_among_its_tags_a_commit_has_none()
    {
        await TagAsync("v2x", "nightly");
        Assert.Null(await DescribeAsync());
    }

    [Theory]
    [InlineData("s3cret-token", "oauth2:s3cret-token")]
    [InlineData("ann:s3cret-token", "ann:s3cret-token")]
    public async Task A_host_that_repeats_what_it_was_sent_brings_no_token_into_a_message(string credentials, string pair)
    {
        await using var host = await HttpReceiver.StartAsync();
        host.Answer = (request, http) =>
        {
            http.Response.StatusCode = 403;
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync($"Denied: {request.Headers["Authorization"]}\nthat is {pair}\nwith s3cret-token\n");
        };
        var error = await Assert.ThrowsAsync<SourceException>(() => Sources().ListAsync(new SourceLocation("acme", $"{host.Url}/acme.git", credentials), Token));
        var sent = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
        Assert.Equal(sent, host.Requests[0].Headers["Authorization"]);
        Assert.Contains("Denied: Basic *** / remote: that is *** / remote: with *** / ", error.Message);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("--upload-pack=x")]
    [InlineData("main@{1}")]
    [InlineData("main^")]
    [InlineData("main:a.txt")]
    public async Task What_is_no_branch_or_tag_is_not_found(string name)
    {
        await _repository.Write("a.txt", "").PushAsync(Token);
        Assert.Null(await (await Sources().FetchAsync(Location, Token)).ResolveAsync(name, Token));
    }

    [Fact]
    public async Task A_forced_push_and_a_removed_branch_are_taken_as_they_are()
    {
        var first = await _repository.Write("a.txt", "eins").PushAsync(Token);
        await _repository.PushAsync(Token, branch: "other");
        var sources = Sources();
        var mirror = await sources.FetchAsync(Location, Token);
        await _repository.GitAsync(Token, "checkout", "--quiet", "--orphan", "again");
        var forced = await _repository.Write("a.txt", "zwei").PushAsync(Token);
        await _repository.GitAsync(Token, "push", "--quiet", _repository.Bare, ":refs/heads/other");
        File.WriteAllText(Path.Combine(mirror.Path, "packed-refs.lock"), ""); // As a git leaves it that was killed.
        await sources.FetchAsync(Location, Token);
        Assert.Equal(forced, (await mirror.ResolveAsync("main", Token))!.Commit);
        Assert.Null(await mirror.ResolveAsync("other", Token));
        Assert.True(await mirror.HasAsync(first, Token)); // Until git tidies up.
        Assert.False(await mirror.HasAsync(new string('0', 40), Token));
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_an_error_that_says_so()
    {
        var error = await Assert.ThrowsAsync<SourceException>(() => Sources().ListAsync(Location with { Url = "file:///nonexistent.git" }, Token));
        Assert.Equal("git_failed", error.Code);
        Assert.Contains("nonexistent.git", error.Message);
    }

    [Fact]
    public async Task A_submodule_whose_address_is_an_option_is_refused_and_harms_nothing()
    {
        _repository.Write(".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = -u./payload\n").Write("a.txt", "");
        await _repository.PushAsync(Token);
        var error = await Assert.ThrowsAsync<SourceException>(() => Sources().FetchAsync(Location, Token));
        Assert.Contains("gitmodulesUrl", error.Message);
    }

    /// <summary>Such a commit is made by hand only; taken out, it would be the settings of the working copy's git.</summary>
    [Fact]
    public async Task Settings_of_git_within_a_commit_are_refused()
    {
        await _repository.Write("config", "[core]\n\tfsmonitor = touch /tmp/owned\n").PushAsync(Token);
        var config = (await _repository.GitAsync(Token, "rev-parse", "HEAD:config")).Trim();
        var folder = (await MakeTreeAsync("100644", "blob", config, "config")).Trim();
        var tree = (await MakeTreeAsync("040000", "tree", folder, ".git")).Trim();
        var commit = (await _repository.GitAsync(Token, "commit-tree", tree, "-m", "evil")).Trim();
        await _repository.GitAsync(Token, "push", "--quiet", "--force", _repository.Bare, $"{commit}:refs/heads/main");
        var error = await Assert.ThrowsAsync<SourceException>(() => Sources().FetchAsync(Location, Token));
        Assert.Contains("hasDotgit", error.Message);
    }

    [Fact]
    public async Task A_key_that_a_killed_server_left_is_removed()
    {
        var left = _folder.Write("run/git/left/key", "private");
        await _repository.Write("a.txt", "").PushAsync(Token);
        await Sources().FetchAsync(Location, Token);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Local_addresses_need_permission() =>
        Assert.Equal("bad_git_url", (await Assert.ThrowsAsync<SourceException>(() => Sources(isLocal: false).ListAsync(Location, Token))).Code);

    /// <summary>Pushes a commit with tags.</summary>
    private async Task TagAsync(params string[] tags)
    {
        await _repository.GitAsync(Token, "commit", "--quiet", "--allow-empty", "--message", tags[0]);
        foreach (var tag in tags) await _repository.GitAsync(Token, "tag", tag);
        await _repository.GitAsync(Token, "push", "--quiet", "--tags", _repository.Bare, "HEAD");
    }

    /// <summary>Describes the main branch.</summary>
    private async Task<SourceDescription?> DescribeAsync()
    {
        var mirror = await Sources().FetchAsync(Location, Token);
        return await mirror.DescribeAsync((await mirror.ResolveAsync("main", Token))!.Commit, Token);
    }

    private async Task<string> MakeTreeAsync(string mode, string kind, string hash, string name)
    {
        var list = _folder.Write("tree", $"{mode} {kind} {hash}\t{name}\n");
        return await ChildProcess.CheckAsync("sh", ["-c", "git -C \"$0\" mktree < \"$1\"", _repository.Tree, list], Token);
    }

    private GitSources Sources(bool isLocal = true) => new(new DataDirectory(_folder.Root), Options.Create(new GitOptions { AllowLocal = isLocal }));
}
