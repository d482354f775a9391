namespace Wheelhouse.Contracts.Holds;

/// <summary>Why a service, an environment or both refuse rollouts now.</summary>
public sealed record HoldView
{
    /// <summary>One of <see cref="HoldKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The service; null for every service.</summary>
    public string? Service { get; init; }

    /// <summary>The environment; null for every environment of the service.</summary>
    public string? Environment { get; init; }

    /// <summary>Why, in the words of whoever placed it or wrote the document.</summary>
    public required string Reason { get; init; }

    /// <summary>Who placed it; null for a freeze window, which the service's document says.</summary>
    public string? Owner { get; init; }

    /// <summary>Since when it stands.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself; null when only a person ends it.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>The kinds of hold.</summary>
public static class HoldKinds
{
    /// <summary>A person placed it and may lift it.</summary>
    public const string Manual = "manual";

    /// <summary>A freeze window of the service's document.</summary>
    public const string Freeze = "freeze";
}

/// <summary>
/// Asks for a manual hold: <c>POST /api/holds</c>. It stands on a service and environment, on a service (no environment), or on an
/// environment of all services (no service).
/// </summary>
public sealed record HoldRequest
{
    /// <summary>The service; null for every service that has the environment.</summary>
    public string? Service { get; init; }

    /// <summary>The environment; null for every environment of the service.</summary>
    public string? Environment { get; init; }

    /// <summary>Why; shown to everybody who is refused. At most 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When it ends by itself, in the future; null until a person lifts it.</summary>
    public DateTimeOffset? Until { get; init; }
}
