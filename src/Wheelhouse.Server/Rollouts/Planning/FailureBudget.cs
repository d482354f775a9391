using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Planning;

/// <summary>How many nodes may fail before a rollout stops. It counts over all phases, and a node that cannot be reached counts.</summary>
/// <param name="Nodes">The number of nodes that may fail.</param>
internal readonly record struct FailureBudget(int Nodes)
{
    /// <summary>Whether more nodes failed than may.</summary>
    public bool IsExceeded(IEnumerable<RolloutNodeRow> nodes) => Failed(nodes) > Nodes;

    /// <summary>How many failed so far.</summary>
    public static int Failed(IEnumerable<RolloutNodeRow> nodes) => nodes.Count(node => node.State is NodeStates.Failed or NodeStates.Drifted);
}
