using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Services.Catalog;

namespace Wheelhouse.Server.Services;

/// <summary>Reads services together with what runs in their environments, for the API and the pages.</summary>
public sealed class ServiceQueries(ServiceCatalog catalog, IEnvironmentStates states)
{
    /// <summary>The services that a caller may see, by name.</summary>
    public async Task<IReadOnlyList<ServiceView>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        await ViewAsync([.. (await catalog.ListAsync(cancellationToken)).Where(service => caller.MaySee(service.Name))], cancellationToken);

    /// <summary>One service; null when there is none or it was deleted.</summary>
    public async Task<ServiceView?> FindAsync(string service, CancellationToken cancellationToken) =>
        await catalog.FindListedAsync(service, cancellationToken) is { } listed ? (await ViewAsync([listed], cancellationToken))[0] : null;

    private async Task<IReadOnlyList<ServiceView>> ViewAsync(IReadOnlyList<ListedService> services, CancellationToken cancellationToken)
    {
        var wanted = services.SelectMany(service => (service.Document?.Environments ?? []).Select(environment => (service.Name, environment))).ToList();
        var found = wanted.Zip(await states.ListAsync(wanted, cancellationToken)).ToLookup(one => one.First.Name, one => one.Second, StringComparer.Ordinal);
        return [.. services.Select(service => new ServiceView(
            service.Name, service.Document?.Package.ToString() ?? "", service.Revision, [.. found[service.Name]])
        {
            Team = service.Document?.Team,
            Errors = service.Errors,
        })];
    }
}
