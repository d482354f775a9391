using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Services.Catalog;

namespace Wheelhouse.Server.Services;

/// <summary>Reads services together with what runs in their environments, for the API and the pages.</summary>
public sealed class ServiceQueries(ServiceCatalog catalog, IEnvironmentStates states)
{
    /// <summary>The services that a caller may see, by name.</summary>
    public async Task<IReadOnlyList<ServiceView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var views = new List<ServiceView>();
        foreach (var service in await catalog.ListAsync(cancellationToken))
        {
            if (caller.MaySee(service.Name)) views.Add(await ViewAsync(service, cancellationToken));
        }

        return views;
    }

    /// <summary>One service; null when there is none or it was deleted.</summary>
    public async Task<ServiceView?> FindAsync(string service, CancellationToken cancellationToken) =>
        await catalog.FindListedAsync(service, cancellationToken) is { } listed ? await ViewAsync(listed, cancellationToken) : null;

    private async Task<ServiceView> ViewAsync(ListedService service, CancellationToken cancellationToken)
    {
        var environments = new List<EnvironmentView>();
        foreach (var environment in service.Document?.Environments ?? [])
            environments.Add(await states.GetAsync(service.Name, environment, cancellationToken));
        return new ServiceView(service.Name, service.Document?.Package.ToString() ?? "", service.Revision, environments) { Errors = service.Errors };
    }
}
