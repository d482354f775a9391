namespace Wheelhouse.Cli.Following;

/// <summary>What is known of one node of a rollout.</summary>
/// <param name="Name">Its name.</param>
internal sealed record NodeProgress(string Name)
{
    /// <summary>The number of its batch from 1; 0 while that is not known.</summary>
    public int Batch { get; init; }

    /// <summary>Its state, as in the API's record of a node.</summary>
    public string State { get; init; } = NodeStates.Pending;

    /// <summary>The version that it runs, as far as known.</summary>
    public string? Version { get; init; }

    /// <summary>The last that was heard of it.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What to do about that, or null.</summary>
    public string? Fix { get; init; }

    /// <summary>When it left <c>pending</c> or <c>staged</c>, the states in which it only waits.</summary>
    public DateTimeOffset? BusySince { get; init; }

    /// <summary>How long its last stretch of work took; null while it works or before it did.</summary>
    public TimeSpan? Took { get; init; }
}
