namespace Wheelhouse.Server.Index.Upstreams.Asking;

/// <summary>An upstream did not give what it was asked for.</summary>
/// <param name="upstream">Its name.</param>
/// <param name="problem">What happened, as the rest of a sentence; without secrets.</param>
/// <param name="cause">What it comes from, or null.</param>
internal sealed class UpstreamException(string upstream, string problem, Exception? cause = null) : Exception($"The upstream {upstream} {problem}.", cause)
{
    /// <summary>What happened, as the rest of a sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>Whether it cannot be reached or is broken as a whole, so that asking for other things is in vain for a while.</summary>
    public bool IsDown { get; init; }
}
