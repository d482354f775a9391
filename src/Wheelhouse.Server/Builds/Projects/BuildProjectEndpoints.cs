using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Projects to build, over HTTP.</summary>
internal static class BuildProjectEndpoints
{
    public static void MapBuildProjects(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/build-projects").RequireAuthorization(Policies.View).WithTags("Builds");
        read.MapGet("/", (BuildProjectCatalog projects, CancellationToken token) => projects.ListAsync(token)).WithSummary("Lists the projects that are built");
        read.MapGet("/{project}", (string project, BuildProjectCatalog projects, CancellationToken token) => projects.RequireAsync(project, token)).WithSummary("Reads a project that is built");
        var change = routes.MapGroup("/api/build-projects").RequireAuthorization(Policies.Administer).WithTags("Builds");
        change.MapPost("/apply", Apply).Accepts<string>("text/yaml", "*/*").WithSummary("Applies a file of documents of projects to build: all of them, or none when one has an error");
        change.MapPost("/validate", Validate).Accepts<string>("text/yaml", "*/*").WithSummary("Checks a file of documents of projects to build and changes nothing");
        change.MapDelete("/{project}", Delete).WithSummary("Deletes a project to build; its builds stay in the history");
    }

    private static async Task<IReadOnlyList<AppliedBuildProject>> Apply(HttpContext http, BuildProjectCatalog projects, CancellationToken token) =>
        await projects.ApplyAsync(await projects.ReadAsync(await DocumentBody.ReadAsync(http.Request.Body, token), token), http.Caller().Name, token);

    private static async Task<IResult> Validate(HttpRequest request, BuildProjectCatalog projects, CancellationToken token)
    {
        await projects.ReadAsync(await DocumentBody.ReadAsync(request.Body, token), token);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Delete(string project, Caller caller, BuildProjectCatalog projects, CancellationToken token)
    {
        await projects.DeleteAsync(project, caller.Name, token);
        return TypedResults.NoContent();
    }
}
