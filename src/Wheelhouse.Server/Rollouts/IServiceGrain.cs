namespace Wheelhouse.Server.Rollouts;

/// <summary>Admits rollouts of one service and environment, one active at a time; the key is <c>service/environment</c>.</summary>
public interface IServiceGrain : IGrainWithStringKey
{
    /// <summary>Admits, queues or refuses a rollout.</summary>
    Task<Admission> Request(AdmissionRequest request);

    /// <summary>Begins the next queued rollout when none is active; those that a hold refuses meanwhile end. Called when one ended, and when a server starts.</summary>
    Task StartNext();
}

/// <summary>A rollout that is asked for, after everything about it that a person can get wrong was checked.</summary>
[GenerateSerializer]
public sealed record AdmissionRequest
{
    [Id(0)] public required string Kind { get; init; }

    /// <summary>The version it brings.</summary>
    [Id(1)] public required string Version { get; init; }

    /// <summary>The good rollout whose locks it installs, for a revert or converge.</summary>
    [Id(2)] public string? Source { get; init; }

    [Id(3)] public string? FromVersion { get; init; }

    /// <summary>The revision of the service's document.</summary>
    [Id(4)] public required int Revision { get; init; }

    [Id(5)] public required string By { get; init; }

    [Id(6)] public string? Reason { get; init; }

    [Id(7)] public string? IdempotencyKey { get; init; }

    [Id(8)] public bool PlanOnly { get; init; }

    [Id(9)] public bool Queue { get; init; }

    [Id(10)] public bool Relock { get; init; }

    [Id(11)] public IReadOnlyList<string> Limit { get; init; } = [];

    /// <summary>Why it may begin although a hold stands; null when it may not.</summary>
    [Id(12)] public string? OverrideHold { get; init; }

    /// <summary>Whether it may begin although the inventory names fewer nodes than the policy allows.</summary>
    [Id(13)] public bool AcceptMissingNodes { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="Rollout">The id of the rollout: the new one, the one known by the idempotency key, the active one that is in the way, or empty when there is none.</param>
/// <param name="Outcome">Which of these.</param>
[GenerateSerializer]
public sealed record Admission([property: Id(0)] string Rollout, [property: Id(1)] AdmissionOutcome Outcome)
{
    /// <summary>What holds, in sentences, when it was refused for that.</summary>
    [Id(2)] public string? Hold { get; init; }

    /// <summary>What to do about that.</summary>
    [Id(3)] public string? Fix { get; init; }
}

/// <summary>The outcomes of a request.</summary>
public enum AdmissionOutcome
{
    /// <summary>A new rollout was made.</summary>
    Admitted,

    /// <summary>The idempotency key is that of an earlier rollout.</summary>
    Known,

    /// <summary>Another rollout is active, and waiting was not asked for.</summary>
    Refused,

    /// <summary>A hold stands, and overriding it was not asked for.</summary>
    Held,

    /// <summary>The service was deleted meanwhile.</summary>
    Gone,
}
