using Wheelhouse.Server.Nodes.Doctor;
using Wheelhouse.Server.Nodes.HostKeys;

namespace Wheelhouse.Server.Nodes;

/// <summary>What people ask about nodes, over HTTP.</summary>
public static class NodesEndpoints
{
    /// <summary>Maps host keys and the doctor of nodes.</summary>
    public static IEndpointRouteBuilder MapNodes(this IEndpointRouteBuilder routes)
    {
        // Makes what the connector keeps in the data directory, for the operator to fill before the first node is reached.
        _ = routes.ServiceProvider.GetRequiredService<INodeConnector>();
        routes.MapHostKeys();
        routes.MapDoctor();
        return routes;
    }
}
