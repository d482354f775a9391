using System.Text.Json;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>
/// Decides which nodes a rollout goes to, and freezes that list. An answer that lost too many nodes since the last rollout stops it, as no answer
/// does; a revert goes to the nodes of the last rollout then, for it must not depend on an inventory.
/// </summary>
internal sealed class NodeList(NodeFinder finder, InventoryAnswers answers, TimeProvider time)
{
    /// <summary>Asks, compares and freezes.</summary>
    /// <exception cref="RolloutFailure">The rollout cannot begin.</exception>
    public async Task FreezeAsync(RolloutContext rollout)
    {
        var (row, query) = (rollout.Row, rollout.Environment.Nodes);
        var known = await answers.FindAsync(rollout.Place, query, rollout.Cancelled);
        var found = await FindAsync(rollout, known);
        var limit = row.Limit.Lines();
        if (limit.FirstOrDefault(name => found.All(node => node.Name != name)) is { } unknown)
            throw new RolloutFailure($"The inventory has no node '{unknown}' for {row.Environment}.", $"It has {NodeChange.Some([.. found.Select(node => node.Name)])}.");
        var wanted = limit.Count == 0 ? found : [.. found.Where(node => limit.Contains(node.Name))];
        var texts = NodeTexts.Of(rollout.Service, rollout.Environment);
        if (wanted.Select(node => NodePlaceholders.FindProblem(texts, node)).FirstOrDefault(problem => problem is not null) is { } unfit)
            throw new RolloutFailure($"{unfit} Nothing was changed.", null);
        await rollout.Journal.FreezeNodesAsync([.. wanted.Select((node, i) => new RolloutNodeRow
        {
            Rollout = row.Id,
            Name = node.Name,
            Ordinal = i,
            Node = JsonSerializer.Serialize(node, JsonSerializerOptions.Web),
            State = NodeStates.Pending,
        })]);
        if (!row.PlanOnly) await answers.UseAsync(rollout.Place, query, found);
    }

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(RolloutContext rollout, InventoryAnswer? known)
    {
        try
        {
            var found = (await finder.FindAsync(rollout.Environment.Nodes, rollout.Place, rollout.Cancelled)).Nodes;
            if (known?.Used is { } used) Compare(rollout, NodeChange.Between(used, found), known.UsedAt!.Value);
            return found;
        }
        catch (InventoryException problem)
        {
            if (rollout.Row.Kind != RolloutKinds.Revert || known?.Used is not { } used)
                throw new RolloutFailure($"{Sentence.End(problem.Message)} Nothing was changed.", problem.Fix);
            rollout.Journal.Note(rollout.Journal.Event(
                EventTypes.RolloutNodes,
                $"{Sentence.End(problem.Message)} The revert goes to the {used.Count} nodes of the last rollout, which were found {Ago(known.UsedAt!.Value)} ago",
                new { nodes = used.Select(node => node.Name), problem = problem.Message }));
            return used;
        }
    }

    private void Compare(RolloutContext rollout, NodeChange change, DateTimeOffset before)
    {
        if (change.IsNone) return;
        if (change.FindProblem(rollout.Policy.MissingNodes) is { } problem && !rollout.Row.AcceptMissingNodes) throw problem;
        rollout.Journal.Note(rollout.Journal.Event(EventTypes.RolloutNodes, $"Since the last rollout, {Ago(before)} ago: {change}", new { change.New, change.Gone }));
    }

    private string Ago(DateTimeOffset moment) => (time.GetUtcNow() - moment) switch
    {
        { TotalMinutes: < 2 } age => $"{Math.Max(0, age.TotalSeconds):0} s",
        { TotalHours: < 2 } age => $"{age.TotalMinutes:0} min",
        { TotalDays: < 2 } age => $"{age.TotalHours:0} h",
        var age => $"{age.TotalDays:0} days",
    };
}
