using Wheelhouse.Contracts.Inventory;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Server.Web.Nodes;

/// <summary>The nodes of one service in one environment, as far as known.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Version">What should run there; null before the first good rollout.</param>
/// <param name="ActiveRollout">The id of the rollout that is active there, or null.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Inventory">What the inventory said last; null while it was never asked.</param>
public sealed record NodeGroup(
    string Service, string Environment, string? Version, string? ActiveRollout, IReadOnlyList<NodeStateView> Nodes, InventoryView? Inventory = null)
{
    /// <summary>Every environment of services, in the services' order, with its nodes by name.</summary>
    public static IReadOnlyList<NodeGroup> Of(IEnumerable<ServiceView> services) =>
    [
        .. from service in services
           from environment in service.Environments
           select new NodeGroup(
               service.Name, environment.Name, environment.Version, environment.ActiveRollout,
               [.. environment.Nodes.OrderBy(node => node.Name, NaturalOrder.Instance)], environment.Inventory),
    ];

    /// <summary>Whether no rollout went to any of them yet.</summary>
    public bool IsUntouched => Nodes.All(node => node.State == "new");

    /// <summary>Only the nodes that a filter lets through.</summary>
    /// <param name="search">A part of the node's name, address or version, or of the group's service or environment; empty for all.</param>
    /// <param name="state">A node's state; empty for all.</param>
    public NodeGroup Filter(string search, string state)
    {
        var isOfGroup = IsCalled(search);
        return this with
        {
            Nodes = [.. Nodes.Where(node =>
                (isOfGroup || Has(node.Name, search) || Has(node.Address, search) || Has(node.Version, search)) && (state.Length == 0 || node.State == state))],
        };
    }

    /// <summary>Whether a filter leaves anything of it to be seen: a node, or that it has none yet.</summary>
    public bool Fits(string search, string state) => Filter(search, state).Nodes.Count > 0 || (Nodes.Count == 0 && state.Length == 0 && IsCalled(search));

    private bool IsCalled(string search) => Has(Service, search) || Has(Environment, search) || Has($"{Service} {Environment}", search);

    private static bool Has(string? text, string part) => text?.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase) == true;
}
