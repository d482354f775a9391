using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Contracts.Client;

/// <summary>The answer to asking for a rollout.</summary>
/// <param name="Rollout">The rollout.</param>
/// <param name="IsNew">False when the idempotency key was known and this is the rollout that was asked for first.</param>
public sealed record AskedRollout(RolloutView Rollout, bool IsNew);
