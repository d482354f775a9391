using Wheelhouse.Contracts.Holds;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Holds;

/// <summary>Holds over HTTP.</summary>
public static class HoldEndpoints
{
    /// <summary>Maps listing, placing and lifting holds.</summary>
    public static IEndpointRouteBuilder MapHolds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/holds").RequireAuthorization(Policies.View).WithTags("Holds");
        group.MapGet("/", (Caller caller, HoldQueries holds, CancellationToken token) => holds.ListAsync(caller, token))
            .WithSummary("Lists the holds that stand now, freeze windows too");
        group.MapPost("/", (HoldRequest request, Caller caller, HoldActions actions, CancellationToken token) => actions.PlaceAsync(request, caller, token))
            .RequireAuthorization(Policies.Deploy).WithSummary("Places a manual hold");
        group.MapDelete("/", Lift).RequireAuthorization(Policies.Deploy).WithSummary("Lifts a manual hold");
        return routes;
    }

    private static async Task<IResult> Lift(string? service, string? environment, Caller caller, HoldActions actions, CancellationToken token)
    {
        await actions.LiftAsync(service, environment, caller, token);
        return TypedResults.NoContent();
    }
}
