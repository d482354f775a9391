using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>What a person can do to a rollout that exists.</summary>
internal sealed class RolloutActions(RolloutQueries rollouts, IGrainFactory grains, DatabaseWriter writer, AuditLog audit)
{
    /// <summary>Does it, audited.</summary>
    /// <param name="id">The rollout.</param>
    /// <param name="verb">What it is, for the audit.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="isWrong">Whether a rollout in a state cannot have this done to it.</param>
    /// <param name="wrong">How to say that.</param>
    /// <param name="act">What to do.</param>
    /// <param name="token">Stops waiting.</param>
    /// <returns>The rollout as it stands after that.</returns>
    public async Task<RolloutView> ActAsync(
        string id, string verb, Caller caller, Func<string, bool> isWrong, string wrong, Func<IRolloutGrain, string, Task> act, CancellationToken token)
    {
        var view = await rollouts.FindAsync(id, token) ?? throw Unknown(id);
        caller.RequireMayDeploy(view.Service, view.Environment);
        if (isWrong(view.State)) throw new ApiException(409, ProblemCodes.WrongState, $"Rollout {id} {wrong}: it is {view.State}.", null);
        await writer.WriteAsync(context => audit.Record(context, caller.Name, $"rollout.{verb}", $"{view.Service}/{view.Environment}", id), token);
        await act(grains.GetGrain<IRolloutGrain>(id), caller.Name);
        return (await rollouts.FindAsync(id, token))!;
    }

    public static ApiException Unknown(string id) => new(404, ProblemCodes.NotFound, $"There is no rollout '{id}'.", "See 'wheelhouse history SERVICE ENV' for the ids.");
}
