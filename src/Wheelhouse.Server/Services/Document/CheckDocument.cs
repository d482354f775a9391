using Wheelhouse.Server.HealthChecks;

namespace Wheelhouse.Server.Services.Document;

/// <summary>A health check of a process.</summary>
public sealed record CheckDocument
{
    /// <summary>Its kind.</summary>
    public required IHealthCheck Kind { get; init; }

    /// <summary>Its options, of the kind's options type.</summary>
    public required object Options { get; init; }

    /// <summary>How many good answers in a row, each on a new connection, make it good; default 3.</summary>
    public required int Successes { get; init; }

    /// <summary>The pause between two tries; default 100 ms.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long one try may take; default 5 s, and at most a third of <see cref="Within"/>.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>By when it must be good; default 30 s.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>Whether a good answer says that the expected version runs.</summary>
    public bool SaysVersion => Kind.SaysVersion(Options);
}
