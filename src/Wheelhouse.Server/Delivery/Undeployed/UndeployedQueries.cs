using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Services;
using Wheelhouse.Server.Services.Catalog;

namespace Wheelhouse.Server.Delivery.Undeployed;

/// <summary>Reads what was published since the release that runs.</summary>
internal sealed class UndeployedQueries(ServiceCatalog catalog, IEnvironmentStates states, IndexQueries index, ReleaseLog log)
{
    /// <summary>What waits for its deployment in one environment.</summary>
    /// <exception cref="Hosting.Http.ApiException">There is no such service or environment (404).</exception>
    public async Task<UndeployedView> FindAsync(string service, string environment, CancellationToken token)
    {
        var (document, _) = await catalog.RequireAsync(service, environment, token);
        var state = (await states.ListAsync([(service, document.Find(environment)!)], token))[0];
        var project = document.Package.Name.ToString();
        IReadOnlyList<ReleaseView> releases = (await index.FindProjectAsync(project, token))?.Releases ?? [];
        return Of(service, environment, state.Version, releases, await log.ListAsync(ProjectName.Normalize(project), token));
    }

    /// <summary>The same for a page that has read what runs and what is on the index already.</summary>
    public async Task<UndeployedView> FindAsync(
        string service, string environment, string? running, string project, IReadOnlyList<ReleaseView> releases, CancellationToken token) =>
        Of(service, environment, running, releases, await log.ListAsync(ProjectName.Normalize(project), token));

    private static UndeployedView Of(
        string service, string environment, string? running, IReadOnlyList<ReleaseView> releases, IReadOnlyList<ReleaseCommitsView> said)
    {
        var found = UndeployedReleases.Find(running, releases, said);
        return new UndeployedView(service, environment, running, found, UndeployedReleases.FindOldest(found));
    }
}
