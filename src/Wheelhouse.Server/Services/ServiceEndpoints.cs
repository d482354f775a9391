using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Services;

/// <summary>Services over HTTP.</summary>
public static class ServiceEndpoints
{
    /// <summary>Maps applying, checking, reading and deleting services.</summary>
    public static IEndpointRouteBuilder MapServices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/services").RequireAuthorization(Policies.View).WithTags("Services");
        group.MapPost("/apply", Apply).RequireAuthorization(Policies.Administer).Accepts<string>("text/yaml", "*/*")
            .WithSummary("Applies a file of service documents: all of them, or none when one has an error");
        group.MapPost("/validate", Validate).Accepts<string>("text/yaml", "*/*").WithSummary("Checks a file of service documents and changes nothing");
        group.MapGet("/", List).WithSummary("Lists the services that the token may see");
        group.MapGet("/{service}", Find).WithSummary("Reads a service and what runs in its environments");
        group.MapGet("/{service}/revisions", ListRevisions).WithSummary("Lists the revisions of a service's document, the newest first");
        group.MapGet("/{service}/revisions/{number:int}", FindRevision).WithSummary("Reads one revision of a service's document");
        group.MapDelete("/{service}", Delete).RequireAuthorization(Policies.Administer).WithSummary("Deletes a service without touching its nodes; its history stays. Refused while a rollout of it is active");
        return routes;
    }

    private static async Task<IReadOnlyList<AppliedService>> Apply(
        HttpContext http, ServiceDocumentParser parser, ServiceWriter writer, CancellationToken token) =>
        await writer.ApplyAsync(await ReadValid(http.Request, parser, token), http.Caller().Name, token);

    private static async Task<IResult> Validate(HttpRequest request, ServiceDocumentParser parser, CancellationToken token)
    {
        await ReadValid(request, parser, token);
        return TypedResults.NoContent();
    }

    private static Task<IReadOnlyList<ServiceView>> List(Caller caller, ServiceQueries services, CancellationToken token) =>
        services.ListAsync(caller, token);

    private static async Task<ServiceView> Find(string service, Caller caller, ServiceQueries services, CancellationToken token)
    {
        caller.RequireMaySee(service);
        return await services.FindAsync(service, token) ?? throw ServiceCatalog.NoService(service);
    }

    private static async Task<IReadOnlyList<ServiceRevisionView>> ListRevisions(string service, HttpContext http, ServiceCatalog catalog, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        var revisions = await catalog.ListRevisionsAsync(service, token);
        return revisions.Count > 0 ? revisions : throw ServiceCatalog.NoService(service);
    }

    private static async Task<ServiceRevisionView> FindRevision(string service, int number, HttpContext http, ServiceCatalog catalog, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        return await catalog.FindRevisionAsync(service, number, token)
            ?? throw new ApiException(404, ProblemCodes.NotFound, $"The service '{service}' has no revision {number}.", $"List them with GET /api/services/{service}/revisions.");
    }

    private static async Task<IResult> Delete(
        string service, Caller caller, ServiceCatalog catalog, ServiceWriter writer, CancellationToken token)
    {
        caller.RequireMaySee(service);
        if (await catalog.FindListedAsync(service, token) is null) throw ServiceCatalog.NoService(service);
        await writer.DeleteAsync(service, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<ParsedService>> ReadValid(HttpRequest request, ServiceDocumentParser parser, CancellationToken token)
    {
        var parsed = parser.Parse(await DocumentBody.ReadAsync(request.Body, token));
        return parsed.Errors.Count == 0 ? parsed.Services : throw DocumentBody.Invalid(parsed.Errors);
    }
}
