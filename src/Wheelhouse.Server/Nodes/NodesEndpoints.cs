using Wheelhouse.Server.Nodes.Doctor;
using Wheelhouse.Server.Nodes.HostKeys;

namespace Wheelhouse.Server.Nodes;

/// <summary>What people ask about nodes, over HTTP.</summary>
public static class NodesEndpoints
{
    /// <summary>Maps host keys and the doctor of nodes.</summary>
    public static IEndpointRouteBuilder MapNodes(this IEndpointRouteBuilder routes)
    {
        routes.MapHostKeys();
        routes.MapDoctor();
        return routes;
    }
}
