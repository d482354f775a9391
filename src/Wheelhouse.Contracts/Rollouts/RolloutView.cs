namespace Wheelhouse.Contracts.Rollouts;

/// <summary>A rollout as it stands.</summary>
public sealed record RolloutView
{
    /// <summary>Its id: 26 characters, sortable by time (ULID).</summary>
    public required string Id { get; init; }

    /// <summary>The id of its OpenTelemetry trace, 32 hexadecimal digits: the same number as <see cref="Id"/>. The trace is there once the rollout ended, if the server sends traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>One of <see cref="RolloutKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="RolloutStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>What it is doing: <c>discover</c>, <c>lock</c>, <c>plan</c>, <c>stage</c>, <c>activate</c>, <c>revert</c>, <c>finish</c>; null before and after.</summary>
    public string? Phase { get; init; }

    /// <summary>The version that it brings; null while that is not yet known.</summary>
    public string? Version { get; init; }

    /// <summary>The environment's version when it began; null when there was none.</summary>
    public string? FromVersion { get; init; }

    /// <summary>Whether only a plan was asked for.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>Why, in that person's words, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it may begin although a hold stands, in that person's words; null when that was not asked for.</summary>
    public string? OverrideHold { get; init; }

    /// <summary>What went wrong, in a sentence, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The plan, once it is made.</summary>
    public PlanView? Plan { get; init; }

    /// <summary>The nodes in the order of activation; empty before discovery.</summary>
    public IReadOnlyList<RolloutNodeView> Nodes { get; init; } = [];
}

/// <summary>One node of a rollout.</summary>
/// <param name="Name">Its name in the inventory.</param>
/// <param name="Batch">The number of its batch from 1; 0 while there is no plan.</param>
/// <param name="State"><c>pending</c>, <c>staging</c>, <c>staged</c>, <c>activating</c>, <c>good</c>, <c>unproven</c>, <c>failed</c>, <c>reverting</c>, <c>reverted</c>, <c>drifted</c>, <c>unchanged</c> (the rollout ended without touching it).</param>
/// <param name="FromVersion">The version it ran before, or null.</param>
/// <param name="Version">The version it runs now as far as known, or null.</param>
/// <param name="Error">What went wrong on it, or null.</param>
/// <param name="Fix">What to do about that, or null.</param>
/// <param name="Evidence">The evidence for the running version, a sentence each.</param>
public sealed record RolloutNodeView(
    string Name,
    int Batch,
    string State,
    string? FromVersion,
    string? Version,
    string? Error,
    string? Fix,
    IReadOnlyList<string> Evidence);
