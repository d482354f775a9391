using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>What a person can do: ask for a rollout, and change the course of one. The API and the pages both come here.</summary>
internal sealed class RolloutActions(
    ServiceCatalog services, RolloutRequests requests, RolloutQueries rollouts, IGrainFactory grains, DatabaseWriter writer, AuditLog audit)
{
    /// <summary>Asks for a rollout.</summary>
    /// <param name="service">The service.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="idempotencyKey">The same key asks for the same rollout again, however often; null for none.</param>
    /// <param name="token">Stops waiting.</param>
    /// <exception cref="ApiException">It cannot be done, another one is active, or a hold stands; nothing has begun.</exception>
    public async Task<AskedRollout> RequestAsync(
        string service, string environment, RolloutRequest request, Caller caller, string? idempotencyKey, CancellationToken token)
    {
        var (document, revision) = await services.RequireAsync(service, environment, token);
        if (!request.PlanOnly) caller.RequireMayDeploy(service, environment);
        else caller.RequireMaySee(service);
        var decided = await requests.DecideAsync(document, revision, environment, request, caller.Name, idempotencyKey, token);
        var admission = await grains.GetGrain<IServiceGrain>($"{service}/{environment}").Request(decided);
        if (admission.Outcome == AdmissionOutcome.Refused)
        {
            throw new ApiException(
                409, ProblemCodes.RolloutActive, $"Rollout {admission.Rollout} of {service} in {environment} is active.",
                $"Follow it with 'wheelhouse follow {admission.Rollout}', cancel it, or ask again with --queue to wait for it.")
            { Rollout = admission.Rollout };
        }

        if (admission.Outcome == AdmissionOutcome.Held) throw new ApiException(409, ProblemCodes.Held, admission.Hold!, admission.Fix);
        if (admission.Outcome == AdmissionOutcome.Gone) throw ServiceCatalog.NoService(service);
        return new AskedRollout((await rollouts.FindAsync(admission.Rollout, token))!, admission.Outcome != AdmissionOutcome.Known);
    }

    /// <summary>Ends a rollout before its end; what is under way on a node ends well first.</summary>
    /// <exception cref="ApiException">There is no such rollout, the caller may not, or it has ended.</exception>
    public Task<RolloutView> CancelAsync(string id, Caller caller, CancellationToken token) =>
        ActAsync(id, "cancel", caller, RolloutStates.IsEnded, "has ended", (grain, by) => grain.Cancel(by), token);

    /// <summary>Lets a paused rollout go on.</summary>
    /// <exception cref="ApiException">There is no such rollout, the caller may not, or it is not paused.</exception>
    public Task<RolloutView> ResumeAsync(string id, Caller caller, CancellationToken token) =>
        ActAsync(id, "resume", caller, IsNotPaused, "is not paused", (grain, by) => grain.Resume(by), token);

    /// <summary>Takes a paused rollout back on the nodes that it touched.</summary>
    /// <exception cref="ApiException">There is no such rollout, the caller may not, or it is not paused.</exception>
    public Task<RolloutView> RevertAsync(string id, Caller caller, CancellationToken token) =>
        ActAsync(id, "revert", caller, IsNotPaused, "is not paused", (grain, by) => grain.Revert(by), token);

    public static ApiException Unknown(string id) => new(404, ProblemCodes.NotFound, $"There is no rollout '{id}'.", "See 'wheelhouse history SERVICE ENV' for the ids.");

    private static bool IsNotPaused(string state) => state != RolloutStates.Paused;

    /// <summary>Does it, audited.</summary>
    /// <param name="id">The rollout.</param>
    /// <param name="verb">What it is, for the audit.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="isWrong">Whether a rollout in a state cannot have this done to it.</param>
    /// <param name="wrong">How to say that.</param>
    /// <param name="act">What to do.</param>
    /// <param name="token">Stops waiting.</param>
    /// <returns>The rollout as it stands after that.</returns>
    private async Task<RolloutView> ActAsync(
        string id, string verb, Caller caller, Func<string, bool> isWrong, string wrong, Func<IRolloutGrain, string, Task> act, CancellationToken token)
    {
        var view = await rollouts.FindAsync(id, token) ?? throw Unknown(id);
        caller.RequireMayDeploy(view.Service, view.Environment);
        if (isWrong(view.State)) throw new ApiException(409, ProblemCodes.WrongState, $"Rollout {id} {wrong}: it is {view.State}.", null);
        await writer.WriteAsync(context => audit.Record(context, caller.Name, $"rollout.{verb}", $"{view.Service}/{view.Environment}", id), token);
        await act(grains.GetGrain<IRolloutGrain>(id), caller.Name);
        return (await rollouts.FindAsync(id, token))!;
    }
}
