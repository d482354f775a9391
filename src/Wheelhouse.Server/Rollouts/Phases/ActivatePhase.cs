using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>
/// Activates one batch after another, watches each for the soak time, and stops as soon as more nodes failed than may. The next batch begins
/// when this one serves the release and passed its checks; that old workers finish their last requests is not waited for, see docs/adr/0004.
/// </summary>
internal sealed class ActivatePhase(NodeActivation activation, NodeRevert revert, TimeProvider time)
{
    private static readonly TimeSpan SoakInterval = TimeSpan.FromSeconds(5);

    /// <returns>Whether the nodes, within the failure budget, run the release; false when too many failed.</returns>
    public async Task<bool> RunAsync(RolloutContext rollout)
    {
        await rollout.Journal.EnterPhaseAsync("activate", $"Activating {rollout.Row.Version}, batch after batch");
        var settling = new List<Task>();
        using var stop = new CancellationTokenSource();
        try
        {
            foreach (var batch in rollout.Nodes.Where(node => node.Batch > 0).GroupBy(node => node.Batch).OrderBy(batch => batch.Key).ToList())
            {
                if (rollout.Budget.IsExceeded(rollout.Nodes)) return false;
                rollout.ThrowIfCancelled();
                await ActivateAsync(rollout, batch.Key, [.. batch.Where(node => node.State is not (NodeStates.Failed or NodeStates.Reverting or NodeStates.Drifted or NodeStates.Gone))], settling, stop.Token);
                rollout.ThrowIfCancelled();
                if (rollout.Budget.IsExceeded(rollout.Nodes)) return false;
                await SetAsideAsync(rollout, batch.Key);
            }
        }
        finally
        {
            // What is about to be taken back needs no proof, and its users no longer wait.
            if (rollout.Budget.IsExceeded(rollout.Nodes) && !rollout.Policy.PauseOnFailure) await stop.CancelAsync();
            await Task.WhenAll(settling);
        }

        rollout.ThrowIfCancelled();
        if (rollout.Budget.IsExceeded(rollout.Nodes)) return false;
        await SetAsideAsync(rollout, int.MaxValue);
        return true;
    }

    private async Task ActivateAsync(RolloutContext rollout, int batch, List<RolloutNodeRow> nodes, List<Task> settling, CancellationToken stop)
    {
        if (nodes.Any(node => node.State == NodeStates.Staged))
        {
            var names = nodes.Select(node => node.Name).ToList();
            rollout.Journal.Note(rollout.Journal.Event(
                EventTypes.RolloutBatch, $"Batch {batch}: {string.Join(", ", names)}", new { batch, nodes = names }));
        }

        await Task.WhenAll(nodes.Select(node => ActivateAsync(rollout, node, settling, stop)));
        if (rollout.Policy.Soak == TimeSpan.Zero) return;
        await Task.WhenAll(settling);
        await SoakAsync(rollout, batch, [.. nodes.Where(node => node.State is NodeStates.Good or NodeStates.Unproven)]);
    }

    private async Task ActivateAsync(RolloutContext rollout, RolloutNodeRow node, List<Task> settling, CancellationToken stop)
    {
        if (node.State is NodeStates.Good or NodeStates.Unproven) return;
        if (node.State is not (NodeStates.Activating or NodeStates.Proving))
            rollout.Journal.NoteNode(node, NodeStates.Activating, $"activating {node.Release}");
        var target = new Target(node.Release!, rollout.Row.Version, node.FromRelease, Prefix: "");
        var result = await activation.SwitchAsync(rollout, node, target);
        if (result.Settling is null) await EndAsync(rollout, node, result);
        else settling.Add(SettleAsync(rollout, node, target, result, stop));
    }

    private static async Task SettleAsync(RolloutContext rollout, RolloutNodeRow node, Target target, ActivationResult switched, CancellationToken stop)
    {
        node.Version = rollout.Row.Version;
        if (node.State != NodeStates.Proving)
            rollout.Journal.NoteNode(node, NodeStates.Proving, $"serves {node.Version}; its old workers finish their requests");
        var settled = await NodeActivation.SettleAsync(rollout, node, target, switched, stop);
        if (settled.Fault?.Code == "cancelled")
        {
            if (!rollout.Cancelled.IsCancellationRequested) return; // it is about to be taken back
            // It serves the release and passed its checks: to give up waiting for old workers makes it unproven, not wrong.
            settled = settled with { Fault = null };
        }

        await EndAsync(rollout, node, settled);
    }

    private static async Task EndAsync(RolloutContext rollout, RolloutNodeRow node, ActivationResult result)
    {
        node.Evidence = string.Join('\n', result.Evidence);
        if (result.IsSwitched) node.Version = rollout.Row.Version;
        if (result.Fault is { } fault)
        {
            await rollout.FailAsync(node, fault);
            return;
        }

        await rollout.Journal.SetNodeAsync(
            node,
            result.IsProven ? NodeStates.Good : NodeStates.Unproven,
            result.IsProven ? $"runs {node.Version}, proved" : $"runs {node.Version} as far as known; not proved");
    }

    /// <summary>Brings failed nodes that the budget allows back to what they ran, so that they serve something while the rollout goes on.</summary>
    private async Task SetAsideAsync(RolloutContext rollout, int lastBatch)
    {
        foreach (var node in rollout.Nodes.Where(node => node.Batch > 0 && node.Batch <= lastBatch && node.State is (NodeStates.Failed or NodeStates.Reverting)).ToList())
        {
            await revert.RunAsync(rollout, node, NodeStates.Drifted);
        }
    }

    private async Task SoakAsync(RolloutContext rollout, int batch, List<RolloutNodeRow> nodes)
    {
        if (nodes.Count == 0) return;
        var until = time.GetUtcNow() + rollout.Policy.Soak;
        await rollout.Journal.SaveAsync(rollout.Journal.Event(
            "rollout.soak", $"Watching batch {batch} for {rollout.Policy.Soak.TotalSeconds:0} s", new { batch, seconds = rollout.Policy.Soak.TotalSeconds }));
        for (var round = 1; time.GetUtcNow() < until; round++)
        {
            await Task.WhenAll(nodes.Where(node => node.State is NodeStates.Good or NodeStates.Unproven).ToList()
                .Select(node => WatchAsync(rollout, node, round)));
            if (nodes.All(node => node.State == NodeStates.Failed)) return;
            var left = until - time.GetUtcNow();
            if (left > TimeSpan.Zero) await Task.Delay(left < SoakInterval ? left : SoakInterval, time, rollout.Cancelled);
        }
    }

    private static async Task WatchAsync(RolloutContext rollout, RolloutNodeRow node, int round)
    {
        foreach (var process in rollout.Service.Processes)
        {
            foreach (var check in process.Checks)
            {
                var key = $"soak/{node.Name}/{process.Name}/{round}";
                var result = await rollout.Steps.AskAsync(NodeActivation.CheckStep(rollout, node, check, key, rollout.Row.Version));
                if (result.Fault is not { } fault || rollout.Cancelled.IsCancellationRequested) continue;
                await rollout.FailAsync(node, fault with { Message = $"While being watched: {fault.Message}" });
                return;
            }
        }
    }
}
