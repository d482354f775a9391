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
        var group = routes.MapGroup("/api/services").RequireAuthorization(Policies.View).WithTags("Services").AddEndpointFilter(ExplainStale);
        group.MapPost("/apply", Apply).RequireAuthorization(Policies.Administer).Accepts<string>("text/yaml", "*/*")
            .WithSummary("Applies a file of service documents: all of them, or none when one has an error");
        group.MapPost("/validate", Validate).Accepts<string>("text/yaml", "*/*").WithSummary("Checks a file of service documents and changes nothing");
        group.MapGet("/", List).WithSummary("Lists the services that the token may see");
        group.MapGet("/{service}", Find).WithSummary("Reads a service and what runs in its environments");
        group.MapGet("/{service}/revisions", ListRevisions).WithSummary("Lists the revisions of a service's document, the newest first");
        group.MapGet("/{service}/revisions/{number:int}", FindRevision).WithSummary("Reads one revision of a service's document");
        group.MapDelete("/{service}", Delete).RequireAuthorization(Policies.Administer).WithSummary("Deletes a service without touching its nodes; its history stays");
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

    private static async Task<IReadOnlyList<ServiceView>> List(
        HttpContext http, ServiceCatalog catalog, IEnvironmentStates states, CancellationToken token)
    {
        var (caller, views) = (http.Caller(), new List<ServiceView>());
        foreach (var revision in await catalog.ListAsync(token))
        {
            if (caller.MaySee(revision.Document.Name)) views.Add(await View(revision, states, token));
        }

        return views;
    }

    private static async Task<ServiceView> Find(
        string service, HttpContext http, ServiceCatalog catalog, IEnvironmentStates states, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        return await View(await catalog.FindAsync(service, token) ?? throw NoService(service), states, token);
    }

    private static async Task<IReadOnlyList<ServiceRevisionView>> ListRevisions(string service, HttpContext http, ServiceCatalog catalog, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        var revisions = await catalog.ListRevisionsAsync(service, token);
        return revisions.Count > 0 ? revisions : throw NoService(service);
    }

    private static async Task<ServiceRevisionView> FindRevision(string service, int number, HttpContext http, ServiceCatalog catalog, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        return await catalog.FindRevisionAsync(service, number, token)
            ?? throw new ApiException(404, ProblemCodes.NotFound, $"The service '{service}' has no revision {number}.", $"List them with GET /api/services/{service}/revisions.");
    }

    private static async Task<IResult> Delete(
        string service, HttpContext http, ServiceCatalog catalog, IEnvironmentStates states, ServiceWriter writer, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        var view = await View(await catalog.FindAsync(service, token) ?? throw NoService(service), states, token);
        foreach (var environment in view.Environments)
        {
            if (environment.ActiveRollout is { } rollout)
                throw new ApiException(409, ProblemCodes.WrongState, $"Rollout {rollout} of {service} in {environment.Name} is active.", "Wait for its end or cancel it, then delete the service.");
        }

        await writer.DeleteAsync(service, http.Caller().Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<ServiceView> View(ServiceRevision revision, IEnvironmentStates states, CancellationToken token)
    {
        var (name, environments) = (revision.Document.Name, new List<EnvironmentView>());
        foreach (var environment in revision.Document.Environments) environments.Add(await states.GetAsync(name, environment.Name, token));
        return new ServiceView(name, revision.Document.Package.ToString(), revision.Number, environments);
    }

    private static async Task<IReadOnlyList<ParsedService>> ReadValid(HttpRequest request, ServiceDocumentParser parser, CancellationToken token)
    {
        var parsed = parser.Parse(await DocumentBody.ReadAsync(request.Body, token));
        return parsed.Errors.Count == 0 ? parsed.Services : throw DocumentBody.Invalid(parsed.Errors);
    }

    private static async ValueTask<object?> ExplainStale(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ServiceDocumentException exception)
        {
            throw new ApiException(422, ProblemCodes.InvalidDocument, exception.Message, exception.Fix) { Errors = exception.Errors };
        }
    }

    private static ApiException NoService(string service) => new(
        404, ProblemCodes.NotFound, $"There is no service '{service}'.", "See 'wheelhouse services', or apply its document.");
}
