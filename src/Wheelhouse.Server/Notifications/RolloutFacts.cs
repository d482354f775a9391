using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Notifications;

/// <summary>A rollout as it stood at one event of it.</summary>
public sealed record RolloutFacts
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="RolloutKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="RolloutStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>The version it brings.</summary>
    public required string Version { get; init; }

    /// <summary>The version that ran before; null when there was none.</summary>
    public string? From { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>Why, in their words, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it began; null when it did not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it took, or has taken so far; zero when it never began.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What it does now, in a sentence; null before it does something and after its end.</summary>
    public string? Progress { get; init; }

    /// <summary>How many nodes it knows.</summary>
    public int Nodes { get; init; }

    /// <summary>How many of them run the version.</summary>
    public int NodesDone { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; init; }

    /// <summary>The page where a person can take it back; null when there is nothing to take back.</summary>
    public Uri? RevertLink { get; init; }
}
