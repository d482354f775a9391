using Wheelhouse.Contracts.Nodes;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Nodes.HostKeys;

/// <summary>Host keys over HTTP.</summary>
internal static class HostKeyEndpoints
{
    public static void MapHostKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/services/{service}/environments/{environment}/host-keys").WithTags("Nodes");
        group.MapGet("/", async (string service, string environment, HttpContext http, IEnvironmentNodes nodes, HostKeyService keys, CancellationToken token) =>
        {
            http.Caller().RequireMaySee(service);
            return await keys.ListAsync(await nodes.FindAsync(service, environment, token), token);
        }).RequireAuthorization(Policies.View);
        group.MapPost("/trust", async (string service, string environment, TrustRequest request, HttpContext http, IEnvironmentNodes nodes, HostKeyService keys, CancellationToken token) =>
        {
            http.Caller().RequireMaySee(service);
            return await keys.TrustAsync(await nodes.FindAsync(service, environment, token), request.Fingerprints, http.Caller().Name, token);
        }).RequireAuthorization(Policies.Administer);
    }
}
