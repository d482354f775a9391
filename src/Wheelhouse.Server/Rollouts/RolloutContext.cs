using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Planning;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts;

/// <summary>What every phase of a running rollout needs.</summary>
/// <param name="Journal">Its memory.</param>
/// <param name="Service">The service's document, in the revision the rollout works by.</param>
/// <param name="Environment">The environment's part of it.</param>
/// <param name="Steps">Does steps on nodes.</param>
/// <param name="Departures">Tells nodes that broke from nodes that left the inventory.</param>
/// <param name="Cancelled">Ends when a person cancels the rollout.</param>
internal sealed record RolloutContext(
    RolloutJournal Journal, ServiceDocument Service, EnvironmentDocument Environment, StepRunner Steps, Departures Departures,
    CancellationToken Cancelled)
{
    public RolloutRow Row => Journal.Row;

    public IReadOnlyList<RolloutNodeRow> Nodes => Journal.Nodes;

    public InventoryContext Place => new(Row.Service, Row.Environment);

    public PolicyDocument Policy => Environment.Policy;

    /// <summary>The nodes that did not fail so far.</summary>
    public IEnumerable<RolloutNodeRow> Healthy => Nodes.Where(node => node.State is not (NodeStates.Failed or NodeStates.Drifted or NodeStates.Gone));

    public FailureBudget Budget => new(Policy.FailureBudget.RoundDown(Nodes.Count));

    /// <summary>Takes a node out of the rollout: it failed, or left the inventory and is no failure.</summary>
    public async Task FailAsync(RolloutNodeRow node, NodeFault fault)
    {
        // That a person stopped it says nothing about the node.
        if (fault.Code == "cancelled" && Cancelled.IsCancellationRequested && !Journal.WasTouched(node)) return;
        if (!await TakeLeaveAsync(node, fault)) await Journal.SetNodeAsync(node, NodeStates.Failed, fault.Message, fault);
    }

    /// <summary>Notes it when a fault means that the node left the inventory while the rollout ran.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> TakeLeaveAsync(RolloutNodeRow node, NodeFault fault)
    {
        if (!await Departures.ExplainAsync(node.Name, fault)) return false;
        node.Version = null;
        var message = $"Left the inventory during the rollout, and cannot be reached: {fault.Message}";
        await Journal.SetNodeAsync(node, NodeStates.Gone, message, fault with { Message = message, Fix = null });
        return true;
    }

    /// <summary>Ends the rollout when more nodes failed than the budget allows, unless it touched nodes already: then it must be taken back.</summary>
    /// <exception cref="RolloutFailure">The budget is exceeded.</exception>
    public void ThrowIfOverBudget()
    {
        if (!Budget.IsExceeded(Nodes) || Nodes.Any(Journal.WasTouched)) return;
        var failed = Nodes.Where(node => node.State == NodeStates.Failed).ToList();
        var others = failed.Count == 1 ? "" : $" and {failed.Count - 1} more";
        throw new RolloutFailure(
            $"{failed[0].Name}{others} failed before anything was activated, and the failure budget is {Budget.Nodes}: {Sentence.End(failed[0].Error)} Nothing was changed.",
            failed[0].Fix);
    }

    /// <exception cref="OperationCanceledException">A person cancelled the rollout.</exception>
    public void ThrowIfCancelled() => Cancelled.ThrowIfCancellationRequested();
}
