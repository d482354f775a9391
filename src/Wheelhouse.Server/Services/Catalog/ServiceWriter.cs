using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>Applies and deletes services, each with a row in the audit and an event.</summary>
public sealed class ServiceWriter(DatabaseWriter writer, IEnvironmentStates states, AuditLog audit, EventLog events, TimeProvider time)
{
    /// <summary>Applies all services of a file, or none. A document that says what it said before makes no new revision.</summary>
    /// <param name="services">Valid documents.</param>
    /// <param name="by">Who applies them.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    public Task<IReadOnlyList<AppliedService>> ApplyAsync(IReadOnlyList<ParsedService> services, string by, CancellationToken cancellationToken) =>
        writer.WriteAsync<IReadOnlyList<AppliedService>>(
            context => [.. services.Select(service => Apply(context, service, by))], cancellationToken);

    /// <summary>Applies one document that was made from a revision, unless somebody applied another meanwhile.</summary>
    /// <param name="service">The valid document.</param>
    /// <param name="basedOn">The number of the revision that it was made from; 0 when there was no such service.</param>
    /// <param name="by">Who applies it.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <exception cref="ApiException">409: the revision is not the newest any more; nothing was changed.</exception>
    public Task<AppliedService> ApplyAsync(ParsedService service, int basedOn, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            RequireNewest(context, service.Document.Name, basedOn);
            return Apply(context, service, by);
        },
        cancellationToken);

    /// <summary>Deletes a service; its revisions stay readable. Does nothing when there is none.</summary>
    /// <exception cref="ApiException">409: a rollout of it is active; nothing was changed.</exception>
    public Task DeleteAsync(string service, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            if (context.Find<ServiceRow>(service) is not { DeletedAt: null } row) return;
            if (states.FindActive(context, service) is var (environment, rollout))
            {
                throw new ApiException(
                    409, ProblemCodes.RolloutActive, $"Rollout {rollout} of {service} in {environment} is active.", "Wait for its end or cancel it, then delete the service.")
                { Rollout = rollout };
            }

            row.DeletedAt = time.GetUtcNow();
            audit.Record(context, by, "service.deleted", service, detail: null);
            events.Record(context, new NewEvent(EventTypes.ServiceDeleted, $"{by} deleted {service}") { Service = service, Data = new { by } });
        },
        cancellationToken);

    private static void RequireNewest(WheelhouseContext context, string name, int basedOn)
    {
        var newest = context.Set<ServiceRow>().AsNoTracking().FirstOrDefault(row => row.Name == name && row.DeletedAt == null)?.Revision ?? 0;
        if (newest == basedOn) return;
        var (message, fix) = (newest, basedOn) switch
        {
            (0, _) => ($"The service '{name}' was deleted meanwhile; nothing was saved.", "Save again to bring it back."),
            (_, 0) => ($"There is a service '{name}' already; nothing was saved.", "Choose another name, or edit that service's document."),
            _ => ($"Revision {newest} of '{name}' was applied meanwhile; nothing was saved.", "Compare it with yours, then save again."),
        };
        throw new ApiException(409, ProblemCodes.WrongState, message, fix);
    }

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
        events.Record(context, new NewEvent(EventTypes.ServiceApplied, $"{by} applied revision {row.Revision} of {name}")
        {
            Service = name,
            Data = new { row.Revision, by },
        });
        return new AppliedService(name, row.Revision, change);
    }
}
