using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Delivery.Deployments;

/// <summary>
/// The events of one type, read once: the log grows at its end and is pruned at its beginning, so each further question reads only what is new.
/// </summary>
/// <typeparam name="T">What is kept of an event.</typeparam>
/// <param name="contexts">The database.</param>
/// <param name="type">The type of the events.</param>
/// <param name="read">Makes of an event what is kept of it; null leaves it out.</param>
internal sealed class LogTail<T>(IDbContextFactory<WheelhouseContext> contexts, string type, Func<EventRow, T?> read) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<(long Id, T Kept)> _known = [];
    private long _last;

    /// <summary>All of them, in the order of the log.</summary>
    public async Task<IEnumerable<T>> ReadAsync(CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var rows = context.Set<EventRow>().AsNoTracking().Where(row => row.Type == type);
            var first = await rows.MinAsync(row => (long?)row.Id, token) ?? long.MaxValue;
            var news = await rows.Where(row => row.Id > _last).OrderBy(row => row.Id).ToListAsync(token);
            if (news.Count > 0 || (_known.Count > 0 && _known[0].Id < first))
                _known = [.. _known.Where(one => one.Id >= first), .. news.Select(row => (row.Id, Kept: read(row))).Where(one => one.Kept is not null).Select(one => (one.Id, one.Kept!))];
            if (news.Count > 0) _last = news[^1].Id;
            return _known.Select(one => one.Kept);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
