using System.Text.Json;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Finds an environment's nodes by its service document, as a rollout does.</summary>
internal sealed class EnvironmentNodesFinder(ServiceCatalog services, NodeIndex index, NodeFinder finder) : IEnvironmentNodes
{
    /// <summary>Less free disk than this is a finding: 512 MiB hold a few releases.</summary>
    private const long MinFreeBytes = 512L * 1024 * 1024;

    /// <inheritdoc/>
    public async Task<EnvironmentNodes> FindAsync(string service, string environment, CancellationToken cancellationToken)
    {
        var (document, _) = await services.RequireAsync(service, environment, cancellationToken);
        var settings = document.Find(environment)!;
        try
        {
            var nodes = (await finder.FindAsync(settings.Nodes, new InventoryContext(service, environment), cancellationToken)).Nodes;
            return new EnvironmentNodes(new NodeHome(service, environment, settings.Root, settings.User), nodes, () => DoctorArgs(document, settings));
        }
        catch (InventoryException e)
        {
            throw new ApiException(502, "inventory_failed", e.Message, e.Fix);
        }
    }

    private string DoctorArgs(ServiceDocument document, EnvironmentDocument settings) => JsonSerializer.Serialize(
        new { settings.Python, Processes = ProcessSpec.BuildAll(document, settings), Index = index.Access(cutoff: null), MinFreeBytes }, NodeJson.Options);
}
