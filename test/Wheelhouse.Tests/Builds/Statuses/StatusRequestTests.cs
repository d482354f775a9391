using System.Text.Json;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Statuses;

namespace Wheelhouse.Tests.Builds.Statuses;

public sealed class StatusRequestTests
{
    private const string Commit = "3f2a1c9000000000000000000000000000000000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GitHostKind.GitHub, "https://github.com/acme/billing", "https://api.github.com/repos/acme/billing/statuses/" + Commit, "Authorization", "Bearer t")]
    [InlineData(GitHostKind.GitHub, "https://github.example/acme/billing", "https://github.example/api/v3/repos/acme/billing/statuses/" + Commit, "Authorization", "Bearer t")]
    [InlineData(GitHostKind.GitLab, "https://gitlab.example/acme/team/billing", "https://gitlab.example/api/v4/projects/acme%2Fteam%2Fbilling/statuses/" + Commit, "PRIVATE-TOKEN", "t")]
    [InlineData(GitHostKind.Gitea, "http://127.0.0.1:3000/acme/billing", "http://127.0.0.1:3000/api/v1/repos/acme/billing/statuses/" + Commit, "Authorization", "token t")]
    public void It_goes_where_the_host_documents(string kind, string page, string url, string header, string value)
    {
        using var request = StatusRequest.Make(kind, new Uri(page), "t", Status(BuildStates.Running));
        Assert.Equal(url, request.RequestUri!.AbsoluteUri);
        Assert.Equal(value, Assert.Single(request.Headers.GetValues(header)));
    }

    [Theory]
    [InlineData(GitHostKind.GitHub, BuildStates.Running, "pending")]
    [InlineData(GitHostKind.GitHub, BuildStates.Succeeded, "success")]
    [InlineData(GitHostKind.Gitea, BuildStates.Failed, "failure")]
    [InlineData(GitHostKind.Gitea, BuildStates.Cancelled, "error")]
    [InlineData(GitHostKind.GitLab, BuildStates.Running, "running")]
    [InlineData(GitHostKind.GitLab, BuildStates.Failed, "failed")]
    [InlineData(GitHostKind.GitLab, BuildStates.Cancelled, "canceled")]
    public async Task It_says_what_the_host_understands(string kind, string state, string word)
    {
        using var request = StatusRequest.Make(kind, new Uri("https://git.example/acme/billing"), "t", Status(state));
        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(Token));
        Assert.Equal(word, body.RootElement.GetProperty("state").GetString());
        Assert.Equal("https://deploy.example/builds/1", body.RootElement.GetProperty("target_url").GetString());
        Assert.Equal("wheelhouse", body.RootElement.GetProperty(kind == GitHostKind.GitLab ? "name" : "context").GetString());
    }

    private static CommitStatus Status(string state) => new(state, Commit, "refs/heads/main", "Being built", "https://deploy.example/builds/1");
}
