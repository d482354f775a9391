namespace Wheelhouse.Server.Web.Nodes;

/// <summary>All nodes of the services that the person may see.</summary>
/// <param name="Groups">One for each service and environment, also those without a known node.</param>
public sealed record NodesModel(IReadOnlyList<NodeGroup> Groups)
{
    /// <summary>How many nodes there are in each state, the states by name. A node that two services use counts twice.</summary>
    public IReadOnlyList<(string State, int Nodes)> Counts =>
    [
        .. Groups.SelectMany(group => group.Nodes).CountBy(node => node.State).OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => (count.Key, count.Value)),
    ];
}
