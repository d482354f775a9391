namespace Wheelhouse.Server.Index.Measured;

/// <summary>Counts the answers of the index. Tens of thousands of them may be given in a second, so counting one is a single addition in place.</summary>
internal sealed class IndexRequests
{
    private const int Statuses = 600;

    private readonly long[] _counts = new long[IndexRoutes.Names.Count * Statuses];

    /// <summary>Counts an answer.</summary>
    /// <param name="route">One of <see cref="IndexRoutes"/>.</param>
    /// <param name="status">Its HTTP status.</param>
    public void Count(int route, int status) => Interlocked.Increment(ref _counts[(route * Statuses) + Math.Clamp(status, 0, Statuses - 1)]);

    /// <summary>How many answers there were of each route and status that had any.</summary>
    public IEnumerable<(string Route, int Status, long Count)> Read()
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            if (Interlocked.Read(ref _counts[i]) is > 0 and var count) yield return (IndexRoutes.Names[i / Statuses], i % Statuses, count);
        }
    }
}
