using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Projects;

namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>
/// The requests that set the status of a commit, as the hosts document them: GitHub "Create a commit status", GitLab "Set commit pipeline status",
/// Gitea <c>repoCreateStatus</c>. Pure.
/// </summary>
internal static class StatusRequest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Makes it.</summary>
    /// <param name="kind">One of <see cref="GitHostKind"/>.</param>
    /// <param name="page">The repository's page.</param>
    /// <param name="token">The token with which it is set.</param>
    /// <param name="status">The status.</param>
    public static HttpRequestMessage Make(string kind, Uri page, string token, CommitStatus status) => kind switch
    {
        GitHostKind.GitHub => Authorized(Post(GitHubAddress(page), $"repos{page.AbsolutePath}/statuses/{status.Commit}", Common(status, GitHubState(status.State))), "Bearer", token),
        GitHostKind.GitLab => GitLab(page, token, status),
        _ => Authorized(Post(page.GetLeftPart(UriPartial.Authority) + "/api/v1/", $"repos{page.AbsolutePath}/statuses/{status.Commit}", Common(status, GitHubState(status.State))), "token", token),
    };

    private static HttpRequestMessage GitLab(Uri page, string token, CommitStatus status)
    {
        var project = Uri.EscapeDataString(page.AbsolutePath.Trim('/'));
        var request = Post(page.GetLeftPart(UriPartial.Authority) + "/api/v4/", $"projects/{project}/statuses/{status.Commit}", new
        {
            State = status.State switch
            {
                BuildStates.Running => "running",
                BuildStates.Succeeded => "success",
                BuildStates.Cancelled => "canceled",
                _ => "failed",
            },
            Name = CommitStatus.Context,
            Ref = status.Ref is null ? null : RefPatterns.Short(status.Ref),
            TargetUrl = status.Link,
            Description = status.Text,
        });
        request.Headers.Add("PRIVATE-TOKEN", token);
        return request;
    }

    /// <summary>An own server of GitHub has its API below a path.</summary>
    private static string GitHubAddress(Uri page) => page.Host == "github.com" ? "https://api.github.com/" : page.GetLeftPart(UriPartial.Authority) + "/api/v3/";

    private static object Common(CommitStatus status, string state) => new { State = state, CommitStatus.Context, TargetUrl = status.Link, Description = status.Text };

    private static string GitHubState(string state) => state switch
    {
        BuildStates.Running => "pending",
        BuildStates.Succeeded => "success",
        BuildStates.Cancelled => "error",
        _ => "failure",
    };

    private static HttpRequestMessage Post(string address, string path, object body) => new(HttpMethod.Post, new Uri(address + path)) { Content = JsonContent.Create(body, options: Json) };

    private static HttpRequestMessage Authorized(HttpRequestMessage request, string scheme, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, token);
        return request;
    }
}
