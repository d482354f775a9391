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
    public async Task<IReadOnlyList<AuditView>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<AuditRow>().AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(limit)
            .Select(row => new AuditView(row.Id, row.At, row.By, row.Action, row.Subject, row.Detail)).ToListAsync(cancellationToken);
    }
}
