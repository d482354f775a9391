using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Triggers;

namespace Wheelhouse.Tests.Builds.Triggers;

public sealed class HookTests
{
    private const string Secret = "a-long-random-text";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_push_of_GitHub_is_built_and_told_again_it_is_not()
    {
        await using var server = await StartAsync();
        var body = Push("refs/heads/main", await server.Repository.PushAsync(Token, "Change invoices"));
        var (status, answer) = await SendAsync(server, body, GitHub("push", "d1", body));
        Assert.Equal(HttpStatusCode.Accepted, status);
        var build = await server.ReachedAsync(answer.Build!, BuildStates.Succeeded);
        Assert.Equal((BuildTriggers.Push, "ann", "Change invoices"), (build.Trigger, build.By, build.Subject));
        Assert.Equal((HttpStatusCode.OK, "this was told before"), await ReasonAsync(server, body, GitHub("push", "d1", body)));
        Assert.Equal((HttpStatusCode.OK, "this commit has a build"), await ReasonAsync(server, body, GitHub("push", "d2", body)));
        Assert.Equal("push by ann", (await server.Admin.GetProjectAsync("acme", Token)).Releases[0].Files[0].UploadedBy);
    }

    [Fact]
    public async Task What_is_no_push_to_build_is_ignored_with_a_reason()
    {
        await using var server = await StartAsync("branches: [main]\n");
        var push = Push("refs/heads/main", new string('a', 40));
        Assert.Equal((HttpStatusCode.OK, "pong"), await ReasonAsync(server, "{}", GitHub("ping", "d1", "{}")));
        Assert.Equal((HttpStatusCode.OK, "the event issues is not a push"), await ReasonAsync(server, "{}", GitHub("issues", "d2", "{}")));
        var gone = Push("refs/heads/old", new string('0', 40));
        Assert.Equal((HttpStatusCode.OK, "old was deleted"), await ReasonAsync(server, gone, GitHub("push", "d3", gone)));
        var other = Push("refs/heads/feature/x", new string('a', 40));
        Assert.StartsWith("feature/x is not built", (await ReasonAsync(server, other, GitHub("push", "d4", other))).Reason, StringComparison.Ordinal);
        var note = Push("refs/notes/commits", new string('a', 40));
        Assert.Equal((HttpStatusCode.OK, "the reference is neither a branch nor a tag"), await ReasonAsync(server, note, GitHub("push", "d5", note)));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, "no json", GitHub("push", "d6", "no json"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, push, GitHub("push", "d7", push + " "))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, push, [("X-GitHub-Event", "push")])).Status);
        Assert.Equal(0, await server.ReadAsync(context => context.Set<BuildRow>().Count()));
    }

    [Theory]
    [InlineData("""{"ref":"\ud800"}""")]
    [InlineData("""{"ref":"refs/heads/main","by":"\udc00","pusher":{"name":"\udc00","login":"\udc00"},"user_username":"\udc00"}""")]
    public async Task A_text_that_is_no_Unicode_is_refused_as_what_is_no_JSON_is(string body)
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, body, GitHub("push", "d1", body))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, body, [("X-Gitea-Event", "push"), ("X-Gitea-Signature", Hmac(body))])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, body, [("X-Gitlab-Event", "Push Hook"), ("X-Gitlab-Token", Secret)])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, body, [("X-Signature-256", Hmac(body))])).Status);
    }

    [Fact]
    public async Task Each_host_is_known_by_its_own_proof()
    {
        await using var server = await StartAsync();
        server.Runner.Gate = new SemaphoreSlim(0);
        var gitea = Push("refs/heads/main", await server.Repository.PushAsync(Token, "One"));
        // Gitea sends the headers of GitHub too
        (string, string)[] fromGitea = [("X-Gitea-Event", "push"), ("X-GitHub-Event", "push"), ("X-Gitea-Delivery", "g1"), ("X-Gitea-Signature", Hmac(gitea))];
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(server, gitea, fromGitea)).Status);
        var gitlab = JsonSerializer.Serialize(new { @ref = "refs/heads/main", checkout_sha = await server.Repository.PushAsync(Token, "Two"), after = new string('b', 40), user_username = "bob" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, gitlab, [("X-Gitlab-Event", "Push Hook"), ("X-Gitlab-Token", "wrong")])).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(server, gitlab, [("X-Gitlab-Event", "Push Hook"), ("X-Gitlab-Token", Secret)])).Status);
        var generic = JsonSerializer.Serialize(new { @ref = "refs/heads/main", commit = await server.Repository.PushAsync(Token, "Three"), by = "cron" });
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(server, generic, [("X-Signature-256", Hmac(generic))])).Status);
    }

    [Fact]
    public async Task A_newer_push_supersedes_an_older_one_that_waits()
    {
        await using var server = await StartAsync();
        server.Runner.Gate = new SemaphoreSlim(0);
        var ids = new List<string>();
        foreach (var delivery in new[] { "d1", "d2", "d3" })
        {
            var body = Push("refs/heads/main", await server.Repository.PushAsync(Token, delivery));
            ids.Add((await SendAsync(server, body, GitHub("push", delivery, body))).Answer.Build!);
            if (delivery == "d1") await server.ReachedAsync(ids[0], BuildStates.Running);
        }

        var second = await server.ReachedAsync(ids[1], BuildStates.Superseded);
        Assert.Equal(ids[2], second.SupersededBy);
        server.Runner.Gate.Release(2);
        server.Runner.End = (job, outcome) => outcome;
        await server.ReachedAsync(ids[0], BuildStates.Succeeded);
        await server.ReachedAsync(ids[2], BuildStates.Succeeded);
        Assert.Equal(2, server.Runner.Jobs.Count);
    }

    [Fact]
    public async Task A_branch_that_the_repository_leaves_out_is_skipped()
    {
        await using var server = await StartAsync();
        server.Repository.Write("pyproject.toml", "[tool.wheelhouse]\nbranches = [\"release\"]\n");
        var body = Push("refs/heads/main", await server.Repository.PushAsync(Token, "Build releases only"));
        var build = await server.ReachedAsync((await SendAsync(server, body, GitHub("push", "d1", body))).Answer.Build!, BuildStates.Skipped);
        Assert.Contains("the branches release", build.Error, StringComparison.Ordinal);
        Assert.Empty(await server.Admin.ListBuildsAsync("acme", state: null, 10, before: null, Token));
    }

    [Fact]
    public async Task A_commit_that_is_gone_fails_by_its_name()
    {
        await using var server = await StartAsync();
        var body = Push("refs/heads/main", new string('c', 40));
        var build = await server.ReachedAsync((await SendAsync(server, body, GitHub("push", "d1", body))).Answer.Build!, BuildStates.Failed);
        Assert.Equal("commit_gone", build.Code);
    }

    [Fact]
    public async Task A_payload_that_is_too_large_and_a_project_without_webhooks_are_refused()
    {
        await using var server = await BuildServer.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(server, "{}", GitHub("push", "d1", "{}"))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(server, new string(' ', HookEndpoints.MostBytes + 1), GitHub("push", "d1", "{}"))).Status);
    }

    private static async Task<BuildServer> StartAsync(string document = "")
    {
        var server = await BuildServer.StartAsync(document: null);
        await server.Admin.SetSecretAsync("hook", Secret, Token);
        await server.ApplyAsync("webhook: secret:hook\n" + document);
        return server;
    }

    private static string Push(string name, string commit) => JsonSerializer.Serialize(new
    {
        @ref = name,
        before = new string('1', 40),
        after = commit,
        repository = new { clone_url = "https://elsewhere.example/evil.git" },
        pusher = new { name = "ann", login = "ann" },
        head_commit = commit.All(c => c == '0') ? null : new { id = commit },
    });

    private static (string Name, string Value)[] GitHub(string name, string delivery, string signed) =>
        [("X-GitHub-Event", name), ("X-GitHub-Delivery", delivery), ("X-Hub-Signature-256", "sha256=" + Hmac(signed))];

    private static string Hmac(string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)));

    private static async Task<(HttpStatusCode Status, string? Reason)> ReasonAsync(BuildServer server, string body, (string Name, string Value)[] headers)
    {
        var (status, answer) = await SendAsync(server, body, headers);
        return (status, answer.Reason);
    }

    private static async Task<(HttpStatusCode Status, HookAnswer Answer)> SendAsync(BuildServer server, string body, (string Name, string Value)[] headers)
    {
        using var http = server.Server.Http(token: null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "hooks/acme") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request, Token);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<HookAnswer>(Token))!);
    }
}
