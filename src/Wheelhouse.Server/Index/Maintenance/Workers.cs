namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>How much of the machine the upkeep of the index takes.</summary>
internal static class Workers
{
    private const int Most = 8;

    /// <summary>As many at once as there are processors, within reason: more would only make a disk seek.</summary>
    public static ParallelOptions For(CancellationToken token) => new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, Most), CancellationToken = token };
}
