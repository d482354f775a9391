using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>A rollout that ended and was no plan, as the event log tells it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Environment">The environment.</param>
/// <param name="At">When it ended.</param>
/// <param name="Kind">One of <see cref="RolloutKinds"/>.</param>
/// <param name="State">One of <see cref="RolloutStates"/>.</param>
/// <param name="Version">The version that it was to bring.</param>
internal sealed record EndedRollout(string Service, string Environment, DateTimeOffset At, string Kind, string State, string Version)
{
    /// <summary>The version that ran when it was asked for; null when there was none.</summary>
    public string? From { get; init; }

    /// <summary>Whether users may have noticed it.</summary>
    public bool ChangedNodes { get; init; }

    /// <summary>When the first node was touched; where the log does not tell, when the rollout began.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>Whether the environment runs <see cref="Version"/> since then.</summary>
    public bool IsGood => State == RolloutStates.Succeeded;
}
