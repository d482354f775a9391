namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>How much of the machine the upkeep of the index takes.</summary>
internal static class Workers
{
    private const int Most = 8;
    private const int MostWriters = 16;

    /// <summary>As many at once as there are processors, within reason: more would only make a disk seek.</summary>
    public static ParallelOptions Reading(CancellationToken token) => new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, Most), CancellationToken = token };

    /// <summary>More than that, where each waits until its bytes are on the disk.</summary>
    public static ParallelOptions Writing(CancellationToken token) => new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount * 4, 4, MostWriters), CancellationToken = token };
}
