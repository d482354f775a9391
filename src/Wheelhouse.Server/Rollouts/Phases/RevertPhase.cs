namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>Takes a failed rollout back on exactly the nodes it touched: the broken ones first, never more at once than the largest batch, no soak.</summary>
internal sealed class RevertPhase(NodeRevert revert)
{
    /// <summary>The phase's name: a rollout that is in it never goes forth again.</summary>
    public const string Name = "revert";

    public async Task RunAsync(RolloutContext rollout)
    {
        var touched = rollout.Nodes.Where(node => rollout.Journal.WasTouched(node)).ToList();
        await rollout.Journal.EnterPhaseAsync(Name, $"Taking {rollout.Row.Version} back on {string.Join(", ", touched.Select(node => node.Name))}");
        var open = touched.Where(node => node.State is not (NodeStates.Reverted or NodeStates.Drifted or NodeStates.Gone))
            .OrderByDescending(node => node.State is NodeStates.Failed or NodeStates.Reverting).ThenBy(node => node.Ordinal);
        var size = rollout.Nodes.Where(node => node.Batch > 0).GroupBy(node => node.Batch).Max(batch => batch.Count());
        foreach (var batch in open.Chunk(size))
        {
            await Task.WhenAll(batch.Select(node => revert.RunAsync(rollout, node, NodeStates.Reverted)));
        }
    }
}
