using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>Puts the release on every node in parallel, without effect. Nothing is activated before all of them, within the failure budget, have it.</summary>
internal sealed class StagePhase(LockStore locks, NodeIndex index)
{
    public async Task RunAsync(RolloutContext rollout)
    {
        var nodes = rollout.Healthy.Where(node => node.Batch > 0).ToList();
        var ready = nodes.Count(node => node.Ready);
        await rollout.Journal.EnterPhaseAsync("stage", ready == 0
            ? $"Staging {rollout.Row.Version} on {nodes.Count} nodes in parallel"
            : $"{rollout.Row.Version} lies ready on {ready} of {nodes.Count} nodes");
        using var overBudget = new CancellationTokenSource();
        if (rollout.Budget.IsExceeded(rollout.Nodes)) await overBudget.CancelAsync();
        await Task.WhenAll(nodes.Select(node => StageAsync(rollout, node, overBudget)));
        rollout.ThrowIfCancelled();
        rollout.ThrowIfOverBudget();
    }

    private async Task StageAsync(RolloutContext rollout, RolloutNodeRow node, CancellationTokenSource overBudget)
    {
        if (node.State is NodeStates.Staged or NodeStates.Activating or NodeStates.Proving or NodeStates.Good or NodeStates.Unproven) return;
        if (node.Ready)
        {
            await rollout.Journal.SetNodeAsync(node, NodeStates.Staged, $"{node.Release} lies ready");
            return;
        }

        var packages = await locks.PackagesAsync(rollout.Row.Service, node.Release!, node.Fingerprint)
            ?? throw new InvalidOperationException($"The lock of {node.Release} is gone.");
        rollout.Journal.NoteNode(node, NodeStates.Staging, $"staging {node.Release}");
        var result = await rollout.Steps.RunAsync(new Step(
            node,
            $"stage/{node.Name}",
            "stage",
            () => new
            {
                node.Release,
                rollout.Row.Version,
                Package = rollout.Service.Package.Name.ToString(),
                rollout.Environment.Python,
                Packages = packages.Select(package => new { package.Name, package.Version, package.Filename, package.Sha256, Url = index.FileUrl(package) }),
                Index = index.Access(cutoff: null),
                Preflight = PreflightSpec.Build(rollout.Service, rollout.Environment),
                TimeoutS = rollout.Policy.StageTimeout.TotalSeconds,
            },
            rollout.Policy.StageTimeout)
        { Unneeded = overBudget.Token });
        if (result.Fault is { Code: "cancelled" } && overBudget.IsCancellationRequested)
        {
            await rollout.Journal.SetNodeAsync(node, NodeStates.Pending, $"{node.Release} is not staged: more nodes failed than the failure budget of {rollout.Budget.Nodes} allows");
            return;
        }

        if (result.Fault is { } fault)
        {
            await rollout.FailAsync(node, fault);
            if (rollout.Budget.IsExceeded(rollout.Nodes)) await overBudget.CancelAsync();
            return;
        }

        await rollout.Journal.SetNodeAsync(node, NodeStates.Staged, $"{node.Release} is staged");
    }
}
