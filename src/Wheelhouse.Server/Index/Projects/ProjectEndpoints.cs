using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

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
            .Produces<ApiProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
    }

    private static async Task<ProjectDetail> FindAsync(string name, IndexQueries index, CancellationToken token)
    {
        var files = ProjectName.IsValid(name) ? await index.ListFilesAsync(name, until: null, token) : [];
        if (files.Count == 0)
            throw new ApiException(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no project '{name}' on this index.");
        var releases = files.GroupBy(file => file.Version).OrderByDescending(release => release.Key)
            .Select(release => new ReleaseView(release.Key.ToString(), release.Min(f => f.UploadedAt), [.. release.Select(ToView)]));
        return new(ProjectName.Normalize(name), [.. releases]);
    }

    private static FileView ToView(IndexFile file) =>
        new(file.FileName, file.UrlPath, file.Sha256, file.Size, file.RequiresPython, file.UploadedAt, file.UploadedBy);
}
