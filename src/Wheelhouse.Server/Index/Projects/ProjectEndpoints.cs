using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Upstreams;

namespace Wheelhouse.Server.Index.Projects;

/// <summary>The index for programs and people: <c>/api/projects</c>.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects").RequireAuthorization(Policies.View).WithTags("Index");
        group.MapGet("/", ListAsync).WithSummary("Every project with its newest version, also those of upstreams of which files are kept.");
        group.MapGet("/{name}", FindAsync).WithSummary("One project with all its releases and files.")
            .Produces<ApiProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
    }

    private static async Task<IEnumerable<ProjectView>> ListAsync(IndexQueries index, UpstreamQueries upstreams, CancellationToken token)
    {
        var local = await index.ListProjectViewsAsync(token);
        var kept = (await upstreams.ListProjectViewsAsync(token)).ExceptBy(local.Select(project => project.Name), project => project.Name);
        return local.Concat(kept).OrderBy(project => project.Name, StringComparer.Ordinal);
    }

    private static async Task<ProjectDetail> FindAsync(string name, IndexQueries index, UpstreamQueries upstreams, CancellationToken token)
    {
        if (await index.FindProjectAsync(name, token) is { } local) return local with { Origin = await upstreams.DescribeLocalAsync(local.Name, token) };
        return await upstreams.FindProjectAsync(name, token)
            ?? throw new ApiException(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no project '{name}' on this index.");
    }
}
