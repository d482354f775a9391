namespace Wheelhouse.Contracts.Rollouts;

/// <summary>Asks for one run of the deployment job: <c>POST /api/services/{service}/environments/{environment}/rollouts</c>.</summary>
public sealed record RolloutRequest
{
    /// <summary><c>deploy</c> (default), <c>revert</c> or <c>converge</c>; see <see cref="RolloutKinds"/>.</summary>
    public string Kind { get; init; } = RolloutKinds.Deploy;

    /// <summary>The PEP 440 version wanted. Null means the newest final release for a deploy, the last good one for a revert.</summary>
    public string? Version { get; init; }

    /// <summary>Stop after the plan: nothing is staged or activated, and the plan can be read from the rollout.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Wait for the active rollout to end instead of being refused.</summary>
    public bool Queue { get; init; }

    /// <summary>Only these nodes (names from the inventory); empty means all.</summary>
    public IReadOnlyList<string> Limit { get; init; } = [];

    /// <summary>Resolve the dependencies anew even when this version was locked before.</summary>
    public bool Relock { get; init; }

    /// <summary>
    /// Why it may begin although a hold stands; null to be refused then. It is written in the event log and the audit log. At most 500 characters.
    /// </summary>
    public string? OverrideHold { get; init; }

    /// <summary>
    /// Begin although the inventory names fewer nodes than the policy's <c>missing_nodes</c> allows, since they are gone for good. A revert needs it to
    /// leave those nodes out: otherwise it goes to the nodes of the last rollout.
    /// </summary>
    public bool AcceptMissingNodes { get; init; }

    /// <summary>Why, in the person's words; shown in the history and in notifications. At most 500 characters.</summary>
    public string? Reason { get; init; }
}

/// <summary>The kinds of rollout.</summary>
public static class RolloutKinds
{
    /// <summary>Brings a version to every node.</summary>
    public const string Deploy = "deploy";

    /// <summary>Brings a version that was good before back to every node.</summary>
    public const string Revert = "revert";

    /// <summary>Brings new or drifted nodes to the version that is current.</summary>
    public const string Converge = "converge";
}

/// <summary>The states of a rollout.</summary>
public static class RolloutStates
{
    /// <summary>Waits for the active one of the same service and environment.</summary>
    public const string Queued = "queued";

    /// <summary>Is being worked on.</summary>
    public const string Running = "running";

    /// <summary>Stopped after a failure because the policy says <c>on_failure: pause</c>; waits for resume, revert or cancel.</summary>
    public const string Paused = "paused";

    /// <summary>Ended: a plan was asked for and made.</summary>
    public const string Planned = "planned";

    /// <summary>Ended: every node within the failure budget runs the release.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>Ended: it failed, and every node it touched is back on what it ran before.</summary>
    public const string Reverted = "reverted";

    /// <summary>Ended: it failed; see the nodes for what was and was not changed.</summary>
    public const string Failed = "failed";

    /// <summary>Ended: a person cancelled it; see the nodes for what was and was not changed.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Whether a rollout in this state has ended.</summary>
    /// <param name="state">One of the constants above.</param>
    public static bool IsEnded(string state) => state is not (Queued or Running or Paused);
}
