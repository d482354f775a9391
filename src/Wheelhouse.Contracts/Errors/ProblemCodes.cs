namespace Wheelhouse.Contracts.Errors;

/// <summary>The values of <see cref="ApiProblem.Code"/> that programs act upon.</summary>
public static class ProblemCodes
{
    /// <summary>No or no valid token was sent (401).</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The token's role or limits do not allow this (403).</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The thing named in the path does not exist (404).</summary>
    public const string NotFound = "not_found";

    /// <summary>A document or a setting is invalid; <see cref="ApiProblem.Errors"/> lists every error (422).</summary>
    public const string InvalidDocument = "invalid_document";

    /// <summary>A field of the request is invalid (400).</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>Another rollout of this service and environment is active; <see cref="ApiProblem.Rollout"/> names it (409).</summary>
    public const string RolloutActive = "rollout_active";

    /// <summary>A hold stands on the service or environment (409); see <see cref="Rollouts.RolloutRequest.OverrideHold"/>.</summary>
    public const string Held = "held";

    /// <summary>There is no earlier good release to revert to (409).</summary>
    public const string NothingToRevert = "nothing_to_revert";

    /// <summary>What was sent builds on commits that the git host of the project does not have (409).</summary>
    public const string MissingCommits = "missing_commits";

    /// <summary>The rollout is not in a state that allows this (409).</summary>
    public const string WrongState = "wrong_state";

    /// <summary>A file of the index cannot be deleted, because a release needs it that runs or can be reverted to (409).</summary>
    public const string FileNeeded = "file_needed";

    /// <summary>The package or the version is not on the index (404).</summary>
    public const string UnknownRelease = "unknown_release";

    /// <summary>The same request made a token before, and its secret cannot be shown again (409).</summary>
    public const string TokenMade = "token_made";

    /// <summary>The name is another's already (409).</summary>
    public const string NameTaken = "name_taken";

    /// <summary>A request with a session's cookie that no page of the server made (403).</summary>
    public const string CrossSite = "cross_site";

    /// <summary>There were too many tries; the header <c>Retry-After</c> says how many seconds to wait (429).</summary>
    public const string TooManyTries = "too_many_tries";
}
