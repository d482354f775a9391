using System.Diagnostics;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>Gives the trace of a rollout the rollout's id: both have 128 bits.</summary>
internal static class RolloutTraceId
{
    /// <summary>The id of the trace that begins on this thread now; null for any.</summary>
    [ThreadStatic]
    private static string? _wanted;

    // The only way to choose the id of a trace that has no parent.
    static RolloutTraceId() => Activity.TraceIdGenerator = () =>
        _wanted is { } id ? ActivityTraceId.CreateFromString(id) : ActivityTraceId.CreateRandom();

    /// <summary>Starts the span that has no parent.</summary>
    /// <param name="rollout">The rollout's id.</param>
    /// <param name="start">Starts the span, at once.</param>
    public static Activity? StartRoot(string rollout, Func<Activity?> start)
    {
        Activity.Current = null; // Else it would be the parent
        _wanted = RolloutId.ToTraceId(rollout);
        try
        {
            return start();
        }
        finally
        {
            _wanted = null;
        }
    }
}
