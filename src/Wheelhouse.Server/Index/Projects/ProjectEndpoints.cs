using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Index.Projects;

/// <summary>The index for programs and people: <c>/api/projects</c>.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects").RequireAuthorization(Policies.View).WithTags("Index");
        group.MapGet("/", (ProjectCatalog catalog, CancellationToken token) => catalog.ListAsync(token))
            .WithSummary("Every project with its newest version, also those of upstreams of which files are kept.");
        group.MapGet("/{name}", FindAsync).WithSummary("One project with all its releases and files.")
            .Produces<ApiProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
    }

    private static async Task<ProjectDetail> FindAsync(string name, ProjectCatalog catalog, CancellationToken token) =>
        await catalog.FindAsync(name, token)
            ?? throw new ApiException(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no project '{name}' on this index.");
}
