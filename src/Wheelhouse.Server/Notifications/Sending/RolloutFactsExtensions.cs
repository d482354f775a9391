using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Notifications.Sending;

/// <summary>What monitoring wants to know of rollouts.</summary>
internal static class RolloutFactsExtensions
{
    /// <summary>The version that a rollout is about at its last event: the one it brings, and the one before once it was taken back.</summary>
    public static string VersionAfter(this RolloutFacts rollout) => rollout is { State: RolloutStates.Reverted, From: { } before } ? before : rollout.Version;
}
