using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes;

/// <summary>Finds what an environment consists of, for host keys and the doctor. Implemented where services are known.</summary>
public interface IEnvironmentNodes
{
    /// <summary>Asks the inventory for the environment's nodes.</summary>
    /// <exception cref="Hosting.Http.ApiException">There is no such service or environment, or its nodes cannot be found.</exception>
    Task<EnvironmentNodes> FindAsync(string service, string environment, CancellationToken cancellationToken);
}

/// <summary>An environment's nodes.</summary>
/// <param name="Home">The service's place on each of them.</param>
/// <param name="Nodes">The nodes, in the order of activation.</param>
/// <param name="DoctorArgs">Makes the arguments of the payload's <c>doctor</c>, a JSON object. Holds a secret: for a node and nothing else.</param>
public sealed record EnvironmentNodes(NodeHome Home, IReadOnlyList<InventoryNode> Nodes, Func<string> DoctorArgs);
