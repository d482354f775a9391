using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Holds;

/// <summary>Finds the holds that stand now: those that people placed, and the freeze windows of the documents.</summary>
public sealed class HoldQueries(IDbContextFactory<WheelhouseContext> contexts, ServiceCatalog services, TimeProvider time)
{
    /// <summary>The holds on a service and environment, the oldest first; also for inside a change of the <see cref="DatabaseWriter"/>.</summary>
    /// <param name="context">The database.</param>
    /// <param name="service">The service.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="freezes">What the document says of the environment.</param>
    public IReadOnlyList<HoldView> Find(WheelhouseContext context, string service, string environment, IReadOnlyList<FreezeDocument> freezes) =>
        Of(Standing(context, time.GetUtcNow()), service, environment, freezes);

    /// <summary>All holds that people placed and that stand now, for <see cref="Of"/>.</summary>
    public async Task<IReadOnlyList<HoldRow>> FindStandingAsync(WheelhouseContext context, CancellationToken cancellationToken) =>
        await Standing(context, time.GetUtcNow()).ToListAsync(cancellationToken);

    /// <summary>Those of a service and environment among them, with its freeze windows, the oldest first.</summary>
    public IReadOnlyList<HoldView> Of(IEnumerable<HoldRow> standing, string service, string environment, IReadOnlyList<FreezeDocument> freezes) =>
    [
        .. standing.Where(row => (row.Service == service || row.Service == "") && (row.Environment == environment || row.Environment == ""))
            .Select(row => row.ToView()).Concat(Frozen(service, environment, freezes, time.GetUtcNow())).OrderBy(hold => hold.Since),
    ];

    /// <summary>The holds on a service and environment, the oldest first.</summary>
    public async Task<IReadOnlyList<HoldView>> FindAsync(string service, EnvironmentDocument environment, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return Find(context, service, environment.Name, environment.Freezes);
    }

    /// <summary>The holds on all that a caller may see, by service and environment; first those on an environment of all services.</summary>
    public async Task<IReadOnlyList<HoldView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var holds = (await Standing(context, now).ToListAsync(cancellationToken)).Select(row => row.ToView())
            .Where(hold => hold.Service is null || caller.MaySee(hold.Service)).ToList();
        foreach (var service in (await services.ListAsync(cancellationToken)).Where(service => caller.MaySee(service.Name)))
        {
            foreach (var environment in service.Document?.Environments ?? [])
                holds.AddRange(Frozen(service.Name, environment.Name, environment.Freezes, now));
        }

        return [.. holds.OrderBy(hold => hold.Service, StringComparer.Ordinal).ThenBy(hold => hold.Environment, StringComparer.Ordinal)];
    }

    private static IQueryable<HoldRow> Standing(WheelhouseContext context, DateTimeOffset now) =>
        context.Set<HoldRow>().AsNoTracking().Where(row => row.Until == null || row.Until > now);

    private static IEnumerable<HoldView> Frozen(string service, string environment, IReadOnlyList<FreezeDocument> freezes, DateTimeOffset now) =>
        from freeze in freezes
        let period = freeze.Find(now)
        where period is not null
        select new HoldView
        {
            Kind = HoldKinds.Freeze,
            Service = service,
            Environment = environment,
            Reason = freeze.Reason,
            Since = period.From,
            Until = period.Until,
        };
}
