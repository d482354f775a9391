namespace Wheelhouse.Server.Rollouts;

/// <summary>The states of a node, in a rollout and after it.</summary>
public static class NodeStates
{
    /// <summary>Nothing was done yet.</summary>
    public const string Pending = "pending";

    /// <summary>The release is being put on the node, without effect.</summary>
    public const string Staging = "staging";

    /// <summary>The release lies ready.</summary>
    public const string Staged = "staged";

    /// <summary>The release is being made the running one and checked.</summary>
    public const string Activating = "activating";

    /// <summary>Serves the release, the checks passed; old workers finish their last requests, and the proof waits for their end.</summary>
    public const string Proving = "proving";

    /// <summary>Runs the release, and that is proved.</summary>
    public const string Good = "good";

    /// <summary>Runs the release as far as known: the checks passed, but there was too little evidence to prove it.</summary>
    public const string Unproven = "unproven";

    /// <summary>Something went wrong, and what becomes of it is not yet decided.</summary>
    public const string Failed = "failed";

    /// <summary>Is being brought back to what it ran before.</summary>
    public const string Reverting = "reverting";

    /// <summary>Runs again what it ran before.</summary>
    public const string Reverted = "reverted";

    /// <summary>Does not run, or is not known to run, what the environment should run.</summary>
    public const string Drifted = "drifted";

    /// <summary>The inventory names it, and nothing was rolled out to it yet.</summary>
    public const string New = "new";

    /// <summary>The inventory does not name it any more. In a rollout it left meanwhile and cannot be reached, which is no failure.</summary>
    public const string Gone = "gone";

    /// <summary>The rollout ended without touching it.</summary>
    public const string Unchanged = "unchanged";
}
