using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>Reads the services that were applied.</summary>
public sealed class ServiceCatalog(IDbContextFactory<WheelhouseContext> contexts, ServiceDocumentParser parser)
{
    /// <summary>The newest revision of a service; null when there is no such service or it was deleted.</summary>
    /// <exception cref="ApiException">It is not valid for this server any more (422).</exception>
    public async Task<ServiceRevision?> FindAsync(string service, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Newest(context).FirstOrDefaultAsync(row => row.Service == service, cancellationToken) is { } row ? Read(row) : null;
    }

    /// <summary>The newest revision of a service that has an environment.</summary>
    /// <exception cref="ApiException">There is no such service, or it has no such environment (404), or it is not valid for this server any more (422).</exception>
    public async Task<(ServiceDocument Document, int Revision)> RequireAsync(string service, string environment, CancellationToken cancellationToken)
    {
        var revision = await RequireAsync(service, cancellationToken);
        if (revision.Document.Find(environment) is not null) return (revision.Document, revision.Number);
        var has = string.Join(", ", revision.Document.Environments.Select(other => other.Name));
        throw new ApiException(404, ProblemCodes.NotFound, $"The service '{service}' has no environment '{environment}'.", $"It has {has}.");
    }

    /// <summary>The newest revision of a service.</summary>
    /// <exception cref="ApiException">There is no such service (404).</exception>
    public async Task<ServiceRevision> RequireAsync(string service, CancellationToken cancellationToken) =>
        await FindAsync(service, cancellationToken)
        ?? throw NoService(service);

    /// <summary>A given revision, also of a service that was deleted; null when there is none.</summary>
    /// <exception cref="ApiException">It is not valid for this server any more (422).</exception>
    public async Task<ServiceRevision?> FindAsync(string service, int number, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<ServiceRevisionRow>().AsNoTracking();
        return await rows.FirstOrDefaultAsync(row => row.Service == service && row.Number == number, cancellationToken) is { } row ? Read(row) : null;
    }

    /// <summary>Changes whenever a document is applied or a service deleted; cheap to ask for.</summary>
    public async Task<string> StateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var revisions = await context.Set<ServiceRevisionRow>().CountAsync(cancellationToken);
        var deleted = await context.Set<ServiceRow>().MaxAsync(row => row.DeletedAt, cancellationToken);
        return $"{revisions}/{deleted:O}";
    }

    /// <summary>The newest revision of every service that is not deleted, by name; also of those that are not valid any more.</summary>
    public async Task<IReadOnlyList<ListedService>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await Newest(context).OrderBy(row => row.Service).ToListAsync(cancellationToken)).Select(ToListed)];
    }

    /// <summary>The newest revision of a service, also when it is not valid any more; null when there is no such service or it was deleted.</summary>
    public async Task<ListedService?> FindListedAsync(string service, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Newest(context).FirstOrDefaultAsync(row => row.Service == service, cancellationToken) is { } row ? ToListed(row) : null;
    }

    /// <summary>All revisions of a service as they were sent, the newest first; also of a service that was deleted.</summary>
    public async Task<IReadOnlyList<ServiceRevisionView>> ListRevisionsAsync(string service, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<ServiceRevisionRow>().AsNoTracking().Where(row => row.Service == service).OrderByDescending(row => row.Number);
        return [.. (await rows.ToListAsync(cancellationToken)).Select(ToView)];
    }

    /// <summary>One revision as it was sent, or null.</summary>
    public async Task<ServiceRevisionView?> FindRevisionAsync(string service, int number, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<ServiceRevisionRow>().AsNoTracking();
        return await rows.FirstOrDefaultAsync(row => row.Service == service && row.Number == number, cancellationToken) is { } row ? ToView(row) : null;
    }

    /// <summary>The refusal of a name that no service has.</summary>
    internal static ApiException NoService(string service) => new(
        404, ProblemCodes.NotFound, $"There is no service '{service}'.", "See 'wheelhouse services', or apply its document.");

    private static IQueryable<ServiceRevisionRow> Newest(WheelhouseContext context) =>
        from service in context.Set<ServiceRow>().AsNoTracking()
        where service.DeletedAt == null
        join revision in context.Set<ServiceRevisionRow>().AsNoTracking()
            on new { Service = service.Name, Number = service.Revision } equals new { revision.Service, revision.Number }
        select revision;

    private ListedService ToListed(ServiceRevisionRow row)
    {
        var parsed = parser.Parse(row.Yaml);
        return new ListedService(row.Service, row.Number, parsed.Errors.Count > 0 ? null : parsed.Services[0].Document, parsed.Errors);
    }

    private ServiceRevision Read(ServiceRevisionRow row)
    {
        var parsed = parser.Parse(row.Yaml);
        if (parsed.Errors.Count > 0) throw Invalid(row, parsed.Errors);
        return new ServiceRevision(row.Number, parsed.Services[0].Document) { AppliedAt = row.AppliedAt, AppliedBy = row.AppliedBy, Yaml = row.Yaml };
    }

    /// <summary>A stored document may become invalid, for example because an inventory provider was removed.</summary>
    private static ApiException Invalid(ServiceRevisionRow row, IReadOnlyList<DocumentError> errors) => new(
        422,
        ProblemCodes.InvalidDocument,
        $"Revision {row.Number} of the service '{row.Service}' is not valid for this server: line {errors[0].Line}, {errors[0].Field}: {errors[0].Message}",
        $"Correct the document of '{row.Service}' and apply it again.")
    { Errors = errors };

    private static ServiceRevisionView ToView(ServiceRevisionRow row) => new(row.Service, row.Number, row.AppliedAt, row.AppliedBy, row.Yaml);
}
