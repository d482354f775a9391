using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Delivery.Deployments;

namespace Wheelhouse.Server.Delivery.Commits;

/// <summary>The commits of releases over HTTP, below <c>/api/projects/{name}</c>.</summary>
internal static class CommitsEndpoints
{
    public static void MapReleaseCommits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects/{name}").WithTags("Delivery");
        group.MapPut("/releases/{version}/commits", RecordAsync).RequireAuthorization(Policies.Publish)
            .WithSummary("Says which commits a release contains that the release before it does not; the same again changes nothing");
        group.MapGet("/commits", (string name, ReleaseLog log, CancellationToken token) => log.ListAsync(ProjectName.Normalize(name), token))
            .RequireAuthorization(Policies.View).WithSummary("Lists what is known of the commits of a project's releases, the one that was said last first");
    }

    private static async Task<IResult> RecordAsync(
        string name, string version, ReleaseCommitsRequest request, Caller caller, CommitsRecorder recorder, CancellationToken token)
    {
        caller.RequireMayPublish(name);
        await recorder.RecordAsync(name, version, request, caller.Name, token);
        return TypedResults.NoContent();
    }
}
