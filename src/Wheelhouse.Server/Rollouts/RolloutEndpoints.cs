using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Services.Catalog;

namespace Wheelhouse.Server.Rollouts;

/// <summary>The two buttons and what belongs to them, over HTTP.</summary>
public static class RolloutEndpoints
{
    private const string ServiceAndEnvironment = "/api/services/{service}/environments/{environment}";

    /// <summary>Maps requesting, reading, cancelling and resuming rollouts.</summary>
    public static IEndpointRouteBuilder MapRollouts(this IEndpointRouteBuilder routes)
    {
        routes.MapInventory();
        var group = routes.MapGroup("").WithTags("Rollouts").RequireAuthorization(Policies.View);
        group.MapPost($"{ServiceAndEnvironment}/rollouts", RequestAsync).WithSummary("Asks for a rollout or a plan")
            .WithDescription("With the Idempotency-Key of an earlier request for this service and environment it answers 200 with that rollout and begins nothing.");
        group.MapGet($"{ServiceAndEnvironment}/rollouts", HistoryAsync);
        group.MapGet("/api/rollouts/{id}", FindAsync);
        group.MapPost("/api/rollouts/{id}/cancel", (string id, Caller caller, RolloutActions actions, CancellationToken token) =>
            actions.CancelAsync(id, caller, token)).RequireAuthorization(Policies.Deploy);
        group.MapPost("/api/rollouts/{id}/resume", (string id, Caller caller, RolloutActions actions, CancellationToken token) =>
            actions.ResumeAsync(id, caller, token)).RequireAuthorization(Policies.Deploy);
        group.MapPost("/api/rollouts/{id}/revert", (string id, Caller caller, RolloutActions actions, CancellationToken token) =>
            actions.RevertAsync(id, caller, token)).RequireAuthorization(Policies.Deploy);
        group.MapPost($"{ServiceAndEnvironment}/fence-reset", (string service, string environment, Caller caller, FenceReset reset, CancellationToken token) =>
            reset.RunAsync(service, environment, caller.Name, token)).RequireAuthorization(Policies.Administer);
        return routes;
    }

    private static async Task<IResult> RequestAsync(
        string service, string environment, RolloutRequest request, HttpContext http, Caller caller, RolloutActions actions, CancellationToken token)
    {
        var asked = await actions.RequestAsync(service, environment, request, caller, IdempotencyKey.Of(http.Request), token);
        return asked.IsNew ? TypedResults.Accepted($"/api/rollouts/{asked.Rollout.Id}", asked.Rollout) : TypedResults.Ok(asked.Rollout);
    }

    private static async Task<IReadOnlyList<RolloutView>> HistoryAsync(
        string service, string environment, string? before, int? limit, Caller caller,
        ServiceCatalog services, RolloutQueries rollouts, CancellationToken token)
    {
        caller.RequireMaySee(service);
        await services.RequireAsync(service, environment, token);
        return await rollouts.HistoryAsync(service, environment, before, Math.Clamp(limit ?? 50, 1, 500), token);
    }

    private static async Task<RolloutView> FindAsync(string id, Caller caller, RolloutQueries rollouts, CancellationToken token)
    {
        var view = await rollouts.FindAsync(id, token) ?? throw RolloutActions.Unknown(id);
        caller.RequireMaySee(view.Service);
        return view;
    }
}
