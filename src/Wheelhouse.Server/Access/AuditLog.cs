using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access;

/// <summary>Records who changed what. Every feature records its changes in the transaction that makes them.</summary>
public sealed class AuditLog(IDbContextFactory<WheelhouseContext> contexts, TimeProvider time)
{
    /// <summary>The most rows that a page may have.</summary>
    public const int LongestPage = 500;

    /// <summary>Adds a row to a change that is being applied by the <see cref="DatabaseWriter"/>.</summary>
    /// <param name="context">The context that the change was given.</param>
    /// <param name="by">Who: <see cref="Caller.Name"/>.</param>
    /// <param name="action">What, such as <c>service.applied</c>.</param>
    /// <param name="subject">On what, such as <c>billing</c>.</param>
    /// <param name="detail">More, in a sentence, or null; must not contain a secret.</param>
    public void Record(WheelhouseContext context, string by, string action, string subject, string? detail) =>
        context.Add(new AuditRow { At = time.GetUtcNow(), By = by, Action = action, Subject = subject, Detail = detail });

    /// <summary>Reads the changes after a place in the log, oldest first.</summary>
    /// <param name="after">Only rows with a higher id.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public Task<IReadOnlyList<AuditView>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(new AuditFilter(), after, limit, cancellationToken);

    /// <summary>Reads the changes that fit a filter after a place in the log, oldest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">Only rows with a higher id.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public Task<IReadOnlyList<AuditView>> ReadAsync(AuditFilter filter, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(filter, rows => rows.Where(row => row.Id > after).OrderBy(row => row.Id).Take(limit), cancellationToken);

    /// <summary>Reads the changes that fit a filter before a place in the log, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only rows with a lower id; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public Task<IReadOnlyList<AuditView>> ReadNewestAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(filter, rows => rows.Where(row => before == null || row.Id < before).OrderByDescending(row => row.Id).Take(limit), cancellationToken);

    /// <summary>What there is to filter by.</summary>
    public async Task<AuditChoices> FindChoicesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<AuditRow>();
        return new AuditChoices(
            await rows.Select(row => row.By).Distinct().OrderBy(by => by).ToListAsync(cancellationToken),
            await rows.Select(row => row.Action).Distinct().OrderBy(action => action).ToListAsync(cancellationToken));
    }

    private async Task<IReadOnlyList<AuditView>> ReadAsync(
        AuditFilter filter, Func<IQueryable<AuditRow>, IQueryable<AuditRow>> page, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<AuditRow>().AsNoTracking();
        if (filter.By is { } by) rows = rows.Where(row => row.By == by);
        if (filter.Action is { } action) rows = rows.Where(row => row.Action == action);
        if (filter.Text is { Length: > 0 } text)
        {
            var part = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            rows = rows.Where(row => EF.Functions.Like(row.Subject, part, "\\") || EF.Functions.Like(row.Detail!, part, "\\"));
        }

        return await page(rows).Select(row => new AuditView(row.Id, row.At, row.By, row.Action, row.Subject, row.Detail)).ToListAsync(cancellationToken);
    }
}
