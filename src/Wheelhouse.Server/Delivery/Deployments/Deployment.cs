using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>A deployment and what became of it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Version">The version that it was to bring.</param>
/// <param name="EndedAt">When it ended: the moment that decides in which time it is counted.</param>
internal sealed record Deployment(string Service, string Environment, string Version, DateTimeOffset EndedAt)
{
    /// <summary>When users may first have felt that it failed; null when it did not.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When a rollout restored the service after that; null when it did not fail, or none has yet.</summary>
    public DateTimeOffset? RestoredAt { get; init; }

    /// <summary>How old each change that it newly brought was when it ended; empty when it failed by itself or brought nothing new.</summary>
    public IReadOnlyList<TimeSpan> LeadTimes { get; init; } = [];

    /// <summary>What these changes are, one of <see cref="LeadTimeBases"/>; null when there are none.</summary>
    public string? LeadTimeBasis { get; init; }
}
