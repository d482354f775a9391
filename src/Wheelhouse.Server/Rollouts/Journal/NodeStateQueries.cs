using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>Finds what is known of a node.</summary>
internal static class NodeStateQueries
{
    /// <summary>The node's row in the environment of a rollout, made when there is none. For use in a change.</summary>
    public static NodeStateRow StateOf(this WheelhouseContext context, RolloutRow rollout, RolloutNodeRow node)
    {
        var states = context.Set<NodeStateRow>();
        var address = node.ToInventoryNode().Address;
        var state = states.Find(rollout.Service, rollout.Environment, node.Name);
        if (state is null)
        {
            state = new NodeStateRow
            {
                Service = rollout.Service,
                Environment = rollout.Environment,
                Name = node.Name,
                Address = address,
                State = "unknown",
            };
            states.Add(state);
        }

        state.Address = address;
        return state;
    }
}
