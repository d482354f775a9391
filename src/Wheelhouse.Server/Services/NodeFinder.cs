using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Services;

/// <summary>Finds the nodes of an environment through its inventory; used by rollouts, doctor and host keys.</summary>
public static class NodeFinder
{
    /// <summary>Finds the nodes in the order of activation and checks what the inventory answered.</summary>
    /// <exception cref="InventoryException">They cannot be found, there are none, or they cannot be used.</exception>
    public static async Task<IReadOnlyList<InventoryNode>> FindAsync(
        ServiceDocument service, EnvironmentDocument environment, CancellationToken cancellationToken)
    {
        var (provider, options) = environment.Nodes;
        var context = new InventoryContext(service.Name, environment.Name);
        var nodes = (await provider.FindAsync(options, context, cancellationToken)).Nodes;
        if (nodes.Count == 0)
            throw new InventoryException(
                $"The inventory '{provider.Name}' found no node for {service.Name} in {environment.Name}.", "Check the query under nodes in the service document.");
        if (nodes.GroupBy(node => node.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InventoryException($"The inventory '{provider.Name}' named the node '{twice.Key}' twice.", "Make the names unique in the inventory.");
        if (nodes.Select(node => node.FindProblem()).FirstOrDefault(problem => problem is not null) is { } problem)
            throw new InventoryException($"The inventory '{provider.Name}' answered with a node that cannot be used. {problem}", null);
        return nodes;
    }
}
