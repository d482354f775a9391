using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Events;

/// <summary>Which events somebody wants; a null member does not restrict.</summary>
public sealed record EventFilter(string? Rollout = null, string? Service = null, string? Environment = null)
{
    /// <summary>Only events of this build.</summary>
    public string? Build { get; init; }

    /// <summary>The only services whose events the caller may see, and events of no service; empty means all.</summary>
    public IReadOnlyList<string> Visible { get; init; } = [];

    /// <summary>Whether an event is the last one that fits.</summary>
    internal bool IsEndedBy(string type) => (Rollout is not null && type == EventTypes.RolloutEnded) || (Build is not null && type == EventTypes.BuildEnded);
}

/// <summary>Reads the event log, and follows it live without a gap.</summary>
public sealed class EventReader(IDbContextFactory<WheelhouseContext> contexts, EventSignal signal)
{
    /// <summary>How many events one read returns at most.</summary>
    public const int PageSize = 500;

    /// <summary>Reads the events after a place in the log, oldest first, at most <see cref="PageSize"/>.</summary>
    public async Task<IReadOnlyList<EventView>> ReadAsync(EventFilter filter, long after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<EventRow>().AsNoTracking().Where(row => row.Id > after);
        if (filter.Rollout is { } rollout) rows = rows.Where(row => row.Rollout == rollout);
        if (filter.Build is { } build) rows = rows.Where(row => row.Build == build);
        if (filter.Service is { } service) rows = rows.Where(row => row.Service == service);
        if (filter.Environment is { } environment) rows = rows.Where(row => row.Environment == environment);
        if (filter.Visible is { Count: > 0 } visible) rows = rows.Where(row => row.Service == null || visible.Contains(row.Service));
        return [.. (await rows.OrderBy(row => row.Id).Take(PageSize).ToListAsync(cancellationToken)).Select(ToView)];
    }

    /// <summary>Reads the events of some types after a place in the log, oldest first, at most <see cref="PageSize"/>.</summary>
    public async Task<IReadOnlyList<EventView>> ReadTypesAsync(IReadOnlyCollection<string> types, long after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<EventRow>().AsNoTracking().Where(row => row.Id > after && types.Contains(row.Type)).OrderBy(row => row.Id).Take(PageSize);
        return [.. (await rows.ToListAsync(cancellationToken)).Select(ToView)];
    }

    /// <summary>Reads all events of some types of a rollout, up to and with a place in the log, oldest first.</summary>
    public async Task<IReadOnlyList<EventView>> ReadOfRolloutAsync(string rollout, IReadOnlyCollection<string> types, long upTo, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<EventRow>().AsNoTracking().Where(row => row.Rollout == rollout && row.Id <= upTo && types.Contains(row.Type)).OrderBy(row => row.Id);
        return [.. (await rows.ToListAsync(cancellationToken)).Select(ToView)];
    }

    /// <summary>One event; null when there is none of the id, or not any more.</summary>
    public async Task<EventView?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<EventRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? ToView(row) : null;
    }

    /// <summary>Reads the events after a place in the log and then every new one as it comes, until cancelled.</summary>
    public async IAsyncEnumerable<EventView> FollowAsync(
        EventFilter filter, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var news = signal.Next;
            var page = await ReadAsync(filter, after, cancellationToken);
            foreach (var view in page)
            {
                yield return view;
                after = view.Id;
            }

            if (page.Count == 0) await news.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The id of the newest event; 0 when there is none.</summary>
    public async Task<long> FindLastIdAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<EventRow>().MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0;
    }

    /// <summary>Waits for an event after a place in the log that concerns somebody, and returns the id of the newest one that was read with it.</summary>
    public async Task<long> WaitAsync(EventFilter filter, long after, Func<EventView, bool> concerns, CancellationToken cancellationToken)
    {
        while (true)
        {
            var news = signal.Next;
            var page = await ReadAsync(filter, after, cancellationToken);
            if (page.Count > 0) after = page[^1].Id;
            else await news.WaitAsync(cancellationToken);
            if (page.Any(concerns)) return after;
        }
    }

    private static EventView ToView(EventRow row) => new(
        row.Id, row.At, row.Type, row.Service, row.Environment, row.Rollout, row.Node, row.Message,
        row.Data is null ? null : JsonSerializer.Deserialize<JsonElement>(row.Data))
    { Build = row.Build };
}
