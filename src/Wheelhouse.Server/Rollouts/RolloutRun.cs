using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Rollouts.Phases;

namespace Wheelhouse.Server.Rollouts;

/// <summary>
/// One run of the generic deployment job, from its first step to its last. It can be run again from the beginning at any time: what the journal
/// has an end of is not done again.
/// </summary>
internal sealed class RolloutRun(
    DiscoverPhase discover, LockPhase locks, PlanPhase plan, StagePhase stage, ActivatePhase activate, RevertPhase revert, FinishPhase finish)
{
    private static readonly string[] FencedOperations = ["stage", "command", "activate", "deactivate", "prune"];

    /// <summary>Runs until the rollout ended or was paused.</summary>
    public async Task RunAsync(RolloutContext rollout)
    {
        try
        {
            await ClaimAsync(rollout);
            if (rollout.Row.RevertRequested || rollout.Row.Phase == RevertPhase.Name)
            {
                await TakeBackAsync(rollout);
                return;
            }

            await discover.RunAsync(rollout);
            await locks.RunAsync(rollout);
            await plan.RunAsync(rollout);
            if (rollout.Row.PlanOnly)
            {
                await EndAsync(rollout, RolloutStates.Planned, $"The plan for {rollout.Row.Version} is made; nothing was changed");
                return;
            }

            await stage.RunAsync(rollout);
            if (await activate.RunAsync(rollout)) await SucceedAsync(rollout);
            else if (rollout.Policy.PauseOnFailure && !rollout.Row.RevertRequested) await PauseAsync(rollout);
            else await TakeBackAsync(rollout);
        }
        catch (RolloutFailure failure)
        {
            await EndAsync(rollout, RolloutStates.Failed, failure.Message, failure.Message, failure.Fix);
        }
        catch (OperationCanceledException) when (rollout.Cancelled.IsCancellationRequested)
        {
            await EndAsync(rollout, RolloutStates.Cancelled, $"Cancelled by {rollout.Row.CancelRequestedBy}. {Standing(rollout)}", $"Cancelled by {rollout.Row.CancelRequestedBy}.");
        }
    }

    /// <summary>Makes sure that the payload of a server that was killed does nothing more on the nodes where it had begun something.</summary>
    private static Task ClaimAsync(RolloutContext rollout)
    {
        var open = rollout.Journal.OpenSteps.Where(step => FencedOperations.Contains(step.Operation)).Select(step => step.Node).ToHashSet();
        return Task.WhenAll(rollout.Nodes.Where(node => open.Contains(node.Name)).Select(node => rollout.Steps.AskAsync(
            new Step(node, $"claim/{node.Name}/{rollout.Row.Epoch}", "claim", () => new { }, rollout.Policy.ActivateTimeout) { IsCancellable = false })));
    }

    private async Task SucceedAsync(RolloutContext rollout)
    {
        var now = rollout.Departures.NamesAsync();
        await finish.PruneAsync(rollout);
        var drifted = rollout.Nodes.Where(node => node.State is NodeStates.Drifted or NodeStates.Failed).Select(node => node.Name).ToList();
        var unproven = rollout.Nodes.Count(node => node.State == NodeStates.Unproven);
        var message = $"{rollout.Row.Service} {rollout.Row.Version} runs in {rollout.Row.Environment}"
            + (unproven == 0 ? "" : $", not proved on {unproven} nodes")
            + (drifted.Count == 0 ? "" : $"; {string.Join(", ", drifted)} drifted")
            + Moved(rollout, await now);
        await EndAsync(rollout, RolloutStates.Succeeded, message);
    }

    /// <summary>What happened to the inventory since the list of nodes was frozen.</summary>
    private static string Moved(RolloutContext rollout, IReadOnlySet<string>? now)
    {
        var gone = rollout.Nodes.Where(node => node.State == NodeStates.Gone).Select(node => node.Name).ToList();
        List<string> appeared = now is null || rollout.Row.Limit.Length > 0 ? [] : [.. now.Except(rollout.Nodes.Select(node => node.Name)).Order(StringComparer.Ordinal)];
        return (gone.Count == 0 ? "" : $"; {NodeChange.Some(gone)} left the inventory")
            + (appeared.Count == 0 ? "" : $"; {NodeChange.Some(appeared)} joined the inventory meanwhile: 'wheelhouse converge {rollout.Row.Service} {rollout.Row.Environment}' brings it there");
    }

    private static Task PauseAsync(RolloutContext rollout)
    {
        rollout.Row.State = RolloutStates.Paused;
        rollout.Row.Error = Reason(rollout);
        return rollout.Journal.SaveAsync(rollout.Journal.Event(
            EventTypes.RolloutPaused, $"{Sentence.End(rollout.Row.Error)} The rollout waits: resume, revert or cancel it. {Standing(rollout)}", new { rollout.Row.Error }));
    }

    private async Task TakeBackAsync(RolloutContext rollout)
    {
        var reason = Reason(rollout);
        var fix = rollout.Nodes.FirstOrDefault(node => node.State == NodeStates.Failed)?.Fix ?? rollout.Row.Fix;
        (rollout.Row.Error, rollout.Row.Fix) = (reason, fix); // a server that goes on with it finds no failed node any more
        await revert.RunAsync(rollout);
        var stuck = rollout.Nodes.Where(node => node.State == NodeStates.Drifted && rollout.Journal.WasTouched(node)).ToList();
        if (stuck.Count == 0)
        {
            await EndAsync(rollout, RolloutStates.Reverted, $"{Sentence.End(reason)} Every node that was touched is back on what it ran before.", reason, fix);
            return;
        }

        var names = string.Join(", ", stuck.Select(node => node.Name));
        await EndAsync(
            rollout, RolloutStates.Failed, $"{Sentence.End(reason)} {names} could not be brought back.", $"{Sentence.End(reason)} {names} could not be brought back: {stuck[0].Error}",
            stuck[0].Fix ?? $"Mend {names} and run 'wheelhouse revert {rollout.Row.Service} {rollout.Row.Environment}'.");
    }

    private static string Reason(RolloutContext rollout) =>
        rollout.Nodes.FirstOrDefault(node => node.State == NodeStates.Failed) is { } node
            ? $"{rollout.Row.Version} failed on {node.Name}: {node.Error}"
            : rollout.Row.Error ?? $"{rollout.Row.Version} failed.";

    /// <summary>What every node runs now, in a sentence.</summary>
    private static string Standing(RolloutContext rollout)
    {
        var groups = rollout.Nodes.GroupBy(node => node.State switch
        {
            NodeStates.Good => $"run {rollout.Row.Version}, proved",
            NodeStates.Unproven or NodeStates.Proving => $"run {rollout.Row.Version}, not proved",
            NodeStates.Reverted => "are back on what they ran before",
            NodeStates.Pending or NodeStates.Staging or NodeStates.Staged or NodeStates.Unchanged => "were not changed",
            NodeStates.Gone => "left the inventory",
            _ => "are not known to be well",
        });
        return string.Join("; ", groups.Select(group => $"{string.Join(", ", group.Select(node => node.Name))} {group.Key}")) + ".";
    }

    private Task EndAsync(RolloutContext rollout, string state, string message, string? error = null, string? fix = null) =>
        finish.EndAsync(rollout.Journal, state, message, error, fix);
}
