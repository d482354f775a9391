using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Index.Projects;

/// <summary>The index for programs and people: <c>/api/projects</c>.</summary>
internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects").RequireAuthorization(Policies.View).WithTags("Index");
        group.MapGet("/", (IndexQueries index, CancellationToken token) => index.ListProjectViewsAsync(token))
            .WithSummary("Every project with its newest version.");
        group.MapGet("/{name}", FindAsync).WithSummary("One project with all its releases and files.")
            .Produces<ProjectDetail>().Produces<ApiProblem>(StatusCodes.Status404NotFound, "application/problem+json");
    }

    private static async Task<IResult> FindAsync(string name, IndexQueries index, CancellationToken token)
    {
        var files = ProjectName.IsValid(name) ? await index.ListFilesAsync(name, until: null, token) : [];
        if (files.Count == 0)
        {
            var problem = new ApiProblem { Status = StatusCodes.Status404NotFound, Code = ProblemCodes.NotFound, Detail = $"There is no project '{name}' on this index." };
            return Results.Json(problem, contentType: "application/problem+json", statusCode: problem.Status);
        }

        var releases = files.GroupBy(file => file.Version).OrderByDescending(release => release.Key)
            .Select(release => new ReleaseView(release.Key.ToString(), release.Min(f => f.UploadedAt), [.. release.Select(ToView)]));
        return Results.Ok(new ProjectDetail(ProjectName.Normalize(name), [.. releases]));
    }

    private static FileView ToView(IndexFile file) =>
        new(file.FileName, file.UrlPath, file.Sha256, file.Size, file.RequiresPython, file.UploadedAt, file.UploadedBy);
}
