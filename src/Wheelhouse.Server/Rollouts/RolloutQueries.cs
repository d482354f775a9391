using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Reads rollouts.</summary>
public sealed class RolloutQueries(IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>One rollout with its plan and nodes; null when there is none.</summary>
    public async Task<RolloutView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<RolloutRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null) return null;
        var nodes = await context.Set<RolloutNodeRow>().AsNoTracking()
            .Where(node => node.Rollout == id).OrderBy(node => node.Ordinal).ToListAsync(cancellationToken);
        return row.ToView(nodes);
    }

    /// <summary>The rollouts of a service and environment, newest first, without plans and nodes.</summary>
    /// <param name="service">The service.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="before">Only those older than this id; null means from the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<RolloutView>> HistoryAsync(
        string service, string environment, string? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<RolloutRow>().AsNoTracking().Where(row => row.Service == service && row.Environment == environment);
        if (before is not null) rows = rows.Where(row => string.Compare(row.Id, before) < 0);
        return [.. (await rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellationToken)).Select(row =>
        {
            row.Plan = null;
            return row.ToView([]);
        })];
    }
}
