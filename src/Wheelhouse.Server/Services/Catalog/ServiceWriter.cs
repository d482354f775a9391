using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>Applies and deletes services, each with a row in the audit.</summary>
public sealed class ServiceWriter(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <summary>Applies all services of a file, or none. A document that says what it said before makes no new revision.</summary>
    /// <param name="services">Valid documents.</param>
    /// <param name="by">Who applies them.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    public Task<IReadOnlyList<AppliedService>> ApplyAsync(IReadOnlyList<ParsedService> services, string by, CancellationToken cancellationToken) =>
        writer.WriteAsync<IReadOnlyList<AppliedService>>(
            context => [.. services.Select(service => Apply(context, service, by))], cancellationToken);

    /// <summary>Deletes a service; its revisions stay readable. Does nothing when there is none.</summary>
    public Task DeleteAsync(string service, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            if (context.Find<ServiceRow>(service) is not { DeletedAt: null } row) return;
            row.DeletedAt = time.GetUtcNow();
            audit.Record(context, by, "service.deleted", service, detail: null);
        },
        cancellationToken);

    private AppliedService Apply(WheelhouseContext context, ParsedService service, string by)
    {
        var name = service.Document.Name;
        var row = context.Find<ServiceRow>(name);
        var exists = row is { DeletedAt: null };
        if (exists && context.Set<ServiceRevisionRow>().AsNoTracking().First(old => old.Service == name && old.Number == row!.Revision).Yaml == service.Yaml)
            return new AppliedService(name, row!.Revision, "unchanged");
        row ??= context.Add(new ServiceRow { Name = name }).Entity;
        row.Revision++;
        row.DeletedAt = null;
        context.Add(new ServiceRevisionRow
        {
            Service = name,
            Number = row.Revision,
            AppliedAt = time.GetUtcNow(),
            AppliedBy = by,
            Yaml = service.Yaml,
        });
        var change = exists ? "updated" : "created";
        audit.Record(context, by, "service.applied", name, $"{change}, revision {row.Revision}");
        return new AppliedService(name, row.Revision, change);
    }
}
