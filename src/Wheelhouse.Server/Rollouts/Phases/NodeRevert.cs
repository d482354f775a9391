using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>Brings one node back to what it ran before the rollout. It is tried once: a node that fails on the way back stays drifted, and that is told.</summary>
internal sealed class NodeRevert(NodeActivation activation)
{
    private const string Prefix = "revert/";

    /// <param name="rollout">The rollout.</param>
    /// <param name="node">The node.</param>
    /// <param name="goal">The state it gets when it is back: reverted, or drifted when the rollout goes on without it.</param>
    public async Task RunAsync(RolloutContext rollout, RolloutNodeRow node, string goal)
    {
        if (!rollout.Journal.WasTouched(node))
        {
            await rollout.Journal.SetNodeAsync(node, NodeStates.Drifted, $"left as it was, running {node.FromVersion ?? "nothing"}");
            return;
        }

        if (node.State != NodeStates.Reverting)
            rollout.Journal.NoteNode(node, NodeStates.Reverting, $"going back to {node.FromVersion ?? "nothing, as before"}");
        var fault = node.FromRelease is { } release ? await BackAsync(rollout, node, release) : await StopAsync(rollout, node);
        if (fault is null)
        {
            node.Version = node.FromVersion;
            await rollout.Journal.SetNodeAsync(node, goal, $"back on {node.FromVersion ?? "nothing, as before"}");
            return;
        }

        if (await rollout.TakeLeaveAsync(node, fault)) return;
        node.Version = null;
        await rollout.Journal.SetNodeAsync(
            node, NodeStates.Drifted, $"could not be brought back: {fault.Message}",
            fault with { Message = $"{Sentence.End(node.Error)} Then it could not be brought back to {node.FromVersion ?? "nothing"}: {fault.Message}".Trim() });
    }

    private async Task<NodeFault?> BackAsync(RolloutContext rollout, RolloutNodeRow node, string release)
    {
        var result = await activation.RunAsync(rollout, node, new Target(release, node.FromVersion!, node.Release, Prefix));
        node.Evidence = string.Join('\n', result.Evidence);
        return result.Fault;
    }

    /// <summary>A first deploy that failed: what was started is stopped, and <c>current</c> removed.</summary>
    private static async Task<NodeFault?> StopAsync(RolloutContext rollout, RolloutNodeRow node)
    {
        var result = await rollout.Steps.RunAsync(new Step(
            node,
            $"{Prefix}deactivate/{node.Name}",
            "deactivate",
            () => new { Processes = ProcessSpec.BuildAll(rollout.Service, rollout.Environment) },
            rollout.Policy.ActivateTimeout)
        {
            IsCancellable = false,
        });
        return result.Fault;
    }
}
