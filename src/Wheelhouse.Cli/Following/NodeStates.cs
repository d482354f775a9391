namespace Wheelhouse.Cli.Following;

/// <summary>The states of a node in a rollout.</summary>
internal static class NodeStates
{
    public const string Pending = "pending";
    public const string Staging = "staging";
    public const string Staged = "staged";
    public const string Activating = "activating";
    public const string Proving = "proving";
    public const string Good = "good";
    public const string Unproven = "unproven";
    public const string Failed = "failed";
    public const string Reverting = "reverting";
    public const string Reverted = "reverted";
    public const string Drifted = "drifted";
    public const string Gone = "gone";
    public const string Unchanged = "unchanged";

    /// <summary>All of them, in the order in which a summary counts them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Pending, Staging, Staged, Activating, Proving, Good, Unproven, Failed, Reverting, Reverted, Drifted, Gone, Unchanged];

    /// <summary>Whether something is being done to the node.</summary>
    public static bool IsBusy(string state) => state is Staging or Activating or Proving or Reverting;

    /// <summary>Whether a person should look at the node.</summary>
    public static bool IsTrouble(string state) => state is Failed or Drifted or Unproven;

    /// <summary>Whether the node runs the release of the rollout.</summary>
    public static bool IsOnRelease(string state) => state is Good or Unproven;
}
