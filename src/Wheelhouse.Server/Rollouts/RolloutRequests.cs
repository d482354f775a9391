using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Upstreams;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Turns what a person asks for into what is admitted: checks every name and decides the version, so that nothing begins that cannot go on.</summary>
internal sealed class RolloutRequests(IDbContextFactory<WheelhouseContext> contexts, Installable index)
{
    private const int LongestReason = 500;

    /// <summary>Decides what a request means now.</summary>
    /// <exception cref="ApiException">It cannot be done; nothing has begun.</exception>
    public async Task<AdmissionRequest> DecideAsync(
        ServiceDocument service, int revision, string environment, RolloutRequest request, string by, string? idempotencyKey, CancellationToken token)
    {
        if (request.Reason?.Length > LongestReason || request.OverrideHold?.Length > LongestReason)
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"The reason is longer than {LongestReason} characters.", "Shorten it.");
        if (request.OverrideHold is { } why && why.Trim().Length == 0)
            throw new ApiException(400, ProblemCodes.InvalidRequest, "The reason for overriding a hold is blank.", "Say why it cannot wait.");
        await using var context = await contexts.CreateDbContextAsync(token);
        var history = await GoodReleases.History(context, service.Name, environment).ToListAsync(token);
        var stack = GoodReleases.Stack(history);
        var current = stack.Count == 0 ? null : stack[^1];
        var (version, source) = request.Kind switch
        {
            RolloutKinds.Deploy => (await FindReleaseAsync(service, request.Version, token), null),
            RolloutKinds.Revert => Back(history, environment, request.Version),
            RolloutKinds.Converge => Here(current, environment, request.Version),
            _ => throw new ApiException(
                400, ProblemCodes.InvalidRequest, $"There is no kind of rollout '{request.Kind}'.", "Use deploy, revert or converge."),
        };
        return new AdmissionRequest
        {
            Kind = request.Kind,
            Version = version,
            Source = source,
            FromVersion = current?.Version,
            Revision = revision,
            By = by,
            Reason = request.Reason,
            IdempotencyKey = idempotencyKey,
            PlanOnly = request.PlanOnly,
            Queue = request.Queue,
            Relock = request.Relock,
            Limit = request.Limit,
            OverrideHold = request.OverrideHold?.Trim(),
            AcceptMissingNodes = request.AcceptMissingNodes,
        };
    }

    private async Task<string> FindReleaseAsync(ServiceDocument service, string? wanted, CancellationToken token)
    {
        var project = service.Package.Name.ToString();
        var newest = await index.FindNewestReleaseAsync(project, token);
        if (wanted is null)
        {
            return newest?.ToString() ?? throw new ApiException(
                404, ProblemCodes.UnknownRelease, $"The index has no final release of {project}.",
                "Publish one with 'wheelhouse publish' or twine, or name a pre-release.");
        }

        if (!PythonVersion.TryParse(wanted, out var version))
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"'{wanted}' is not a version (PEP 440).", "Write it like 1.4.0 or 1.4.0rc1.");
        if (await index.FindReleaseAsync(project, wanted, token) is { } found) return found.ToString();
        throw new ApiException(
            404, ProblemCodes.UnknownRelease, $"The index has no {project} {version}.",
            newest is null ? $"Publish it with 'wheelhouse publish' or twine; {project} has no release yet." : $"Publish it, or deploy the newest, {newest}.");
    }

    private static (string Version, string? Source) Back(IReadOnlyList<RolloutRow> history, string environment, string? wanted)
    {
        if (wanted is null)
        {
            return GoodReleases.RevertTarget(history) is { } target
                ? (target.Version, target.Id)
                : throw new ApiException(
                    409, ProblemCodes.NothingToRevert, $"{environment} has no earlier release that was good.", "Deploy the version that you want instead.");
        }

        var good = history.LastOrDefault(rollout =>
            rollout is { State: RolloutStates.Succeeded, PlanOnly: false, Limit: "", Kind: not RolloutKinds.Converge } && IsSame(rollout.Version, wanted));
        return good is null
            ? throw new ApiException(
                409, ProblemCodes.NothingToRevert, $"No good rollout of {wanted} to {environment} is on record.", $"Use 'deploy' to bring {wanted} there for the first time.")
            : (good.Version, good.Kind == RolloutKinds.Revert ? good.Source ?? good.Id : good.Id);
    }

    private static (string Version, string? Source) Here(RolloutRow? current, string environment, string? wanted)
    {
        if (current is null)
            throw new ApiException(409, ProblemCodes.WrongState, $"Nothing was deployed to {environment} yet.", "Deploy a version first.");
        return wanted is null || IsSame(current.Version, wanted)
            ? (current.Version, current.Id)
            : throw new ApiException(400, ProblemCodes.InvalidRequest, $"Converge brings nodes to what is current, {current.Version}.", $"Use 'deploy' for {wanted}.");
    }

    /// <summary>Whether a person means this version, however it is spelled.</summary>
    private static bool IsSame(string version, string wanted) =>
        PythonVersion.TryParse(wanted, out var parsed) ? parsed == PythonVersion.Parse(version) : version == wanted;
}
