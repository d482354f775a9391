using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Applies a document of one or more projects to build; its problem lists every error with its line.</summary>
    public Task<IReadOnlyList<AppliedBuildProject>> ApplyBuildProjectsAsync(string yaml, CancellationToken token) =>
        PostAsync<IReadOnlyList<AppliedBuildProject>>("api/build-projects/apply", Yaml(yaml), token);

    /// <summary>Checks a document as <see cref="ApplyBuildProjectsAsync"/> does and changes nothing.</summary>
    public async Task ValidateBuildProjectsAsync(string yaml, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/build-projects/validate") { Content = Yaml(yaml) }, token);
    }

    /// <summary>Lists the projects that are built.</summary>
    public Task<IReadOnlyList<BuildProjectView>> ListBuildProjectsAsync(CancellationToken token) => GetAsync<IReadOnlyList<BuildProjectView>>("api/build-projects", token);

    /// <summary>Reads a project that is built.</summary>
    public Task<BuildProjectView> GetBuildProjectAsync(string project, CancellationToken token) => GetAsync<BuildProjectView>($"api/build-projects/{Segment(project)}", token);

    /// <summary>Deletes a project that is built; its builds stay in the history.</summary>
    public async Task DeleteBuildProjectAsync(string project, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/build-projects/{Segment(project)}"), token);
    }

    /// <summary>Asks for a build; it waits for its turn.</summary>
    public Task<BuildView> RequestBuildAsync(string project, BuildRequest request, CancellationToken token) =>
        PostAsync<BuildView>($"api/projects/{Segment(project)}/builds", Body(request), token);

    /// <summary>Has commits built and tested that are at no git host; nothing is published. There is no limit on the time of sending them.</summary>
    /// <param name="project">The project.</param>
    /// <param name="commit">The full hash of the commit to build.</param>
    /// <param name="pack">The commits that the git host does not have, as <c>git pack-objects</c> writes them; read once to the end.</param>
    /// <param name="token">Ends the request.</param>
    /// <exception cref="WheelhouseApiException"><see cref="Errors.ProblemCodes.MissingCommits"/>: it builds on commits that neither the host nor the pack has.</exception>
    public async Task<BuildView> BuildWorkingTreeAsync(string project, string commit, Stream pack, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/projects/{Segment(project)}/builds/working-tree?{Query("commit", commit)}") { Content = new StreamContent(pack) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-git-packed-objects");
        using var response = await ProblemReader.EnsureSuccessAsync(await http.SendAsync(request, token), token);
        return await response.Content.ReadFromJsonAsync<BuildView>(Json, token) ?? throw new JsonException("The build is null.");
    }

    /// <summary>Reads a build.</summary>
    public Task<BuildView> GetBuildAsync(string id, CancellationToken token) => GetAsync<BuildView>($"api/builds/{Segment(id)}", token);

    /// <summary>Lists builds, the newest first.</summary>
    /// <param name="project">Only those of this project; null for all.</param>
    /// <param name="state">Only those in one of <see cref="BuildStates"/>; null for all but those that were skipped.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only those older than this build, or null.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<BuildView>> ListBuildsAsync(string? project, string? state, int limit, string? before, CancellationToken token) =>
        GetAsync<IReadOnlyList<BuildView>>(
            string.Create(CultureInfo.InvariantCulture, $"api/builds?limit={limit}&{Query("project", project)}&{Query("state", state)}&{Query("before", before)}"), token);

    /// <summary>Asks for the end of a build; it takes effect within seconds.</summary>
    public Task<BuildView> CancelBuildAsync(string id, CancellationToken token) => PostAsync<BuildView>($"api/builds/{Segment(id)}/cancel", body: null, token);

    /// <summary>Yields the events of a build as they happen, up to <see cref="EventTypes.BuildEnded"/>; see <see cref="FollowEventsAsync"/>.</summary>
    public IAsyncEnumerable<EventView> FollowBuildAsync(string id, long after, EventStreamOptions options, CancellationToken token) =>
        FollowEventsAsync(new EventQuery(After: after) { Build = id }, options, token);
}
