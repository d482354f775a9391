using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;

namespace Wheelhouse.Server.Rollouts;

/// <summary>The two buttons and what belongs to them, over HTTP.</summary>
public static class RolloutEndpoints
{
    private const string ServiceAndEnvironment = "/api/services/{service}/environments/{environment}";

    /// <summary>Maps requesting, reading, cancelling and resuming rollouts.</summary>
    public static IEndpointRouteBuilder MapRollouts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Rollouts").RequireAuthorization(Policies.View);
        group.MapPost($"{ServiceAndEnvironment}/rollouts", RequestAsync).WithSummary("Asks for a rollout or a plan")
            .WithDescription("With the Idempotency-Key of an earlier request for this service and environment it answers 200 with that rollout and begins nothing.");
        group.MapGet($"{ServiceAndEnvironment}/rollouts", HistoryAsync);
        group.MapGet("/api/rollouts/{id}", FindAsync);
        group.MapPost("/api/rollouts/{id}/cancel", (string id, Caller caller, RolloutActions actions, CancellationToken token) =>
            actions.ActAsync(id, "cancel", caller, RolloutStates.IsEnded, "has ended", (grain, by) => grain.Cancel(by), token)).RequireAuthorization(Policies.Deploy);
        group.MapPost("/api/rollouts/{id}/resume", (string id, Caller caller, RolloutActions actions, CancellationToken token) =>
            actions.ActAsync(id, "resume", caller, IsNotPaused, "is not paused", (grain, by) => grain.Resume(by), token)).RequireAuthorization(Policies.Deploy);
        group.MapPost("/api/rollouts/{id}/revert", (string id, Caller caller, RolloutActions actions, CancellationToken token) =>
            actions.ActAsync(id, "revert", caller, IsNotPaused, "is not paused", (grain, by) => grain.Revert(by), token)).RequireAuthorization(Policies.Deploy);
        group.MapPost($"{ServiceAndEnvironment}/fence-reset", (string service, string environment, Caller caller, FenceReset reset, CancellationToken token) =>
            reset.RunAsync(service, environment, caller.Name, token)).RequireAuthorization(Policies.Administer);
        return routes;
    }

    private static bool IsNotPaused(string state) => state != RolloutStates.Paused;

    private static async Task<IResult> RequestAsync(
        string service, string environment, RolloutRequest request, HttpContext http, Caller caller, ServiceCatalog services,
        RolloutRequests requests, RolloutQueries rollouts, IGrainFactory grains, CancellationToken token)
    {
        var key = IdempotencyKey.Of(http.Request);
        var (document, revision) = await services.RequireAsync(service, environment, token);
        if (!request.PlanOnly) caller.RequireMayDeploy(service, environment);
        else caller.RequireMaySee(service);
        var decided = await requests.DecideAsync(document, revision, environment, request, caller.Name, key, token);
        var admission = await grains.GetGrain<IServiceGrain>($"{service}/{environment}").Request(decided);
        if (admission.Outcome == AdmissionOutcome.Refused)
        {
            throw new ApiException(
                409, ProblemCodes.RolloutActive, $"Rollout {admission.Rollout} of {service} in {environment} is active.",
                $"Follow it with 'wheelhouse follow {admission.Rollout}', cancel it, or ask again with --queue to wait for it.")
            { Rollout = admission.Rollout };
        }

        var view = await rollouts.FindAsync(admission.Rollout, token);
        return admission.Outcome == AdmissionOutcome.Known ? TypedResults.Ok(view) : TypedResults.Accepted($"/api/rollouts/{admission.Rollout}", view);
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
