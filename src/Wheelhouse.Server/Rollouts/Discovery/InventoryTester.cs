using Wheelhouse.Contracts.Inventory;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>Shows what the inventory of an environment answers now, and whether a rollout would begin with it. Changes nothing.</summary>
internal sealed class InventoryTester(NodeFinder finder, InventoryAnswers answers)
{
    /// <summary>Asks for one environment.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="environment">The environment, as it is applied or as somebody wants it to be.</param>
    /// <param name="isApplied">Whether the answer is to be kept, as those of rollouts are.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    public async Task<InventoryTestView> TestAsync(string service, EnvironmentDocument environment, bool isApplied, CancellationToken cancellationToken)
    {
        var place = new InventoryContext(service, environment.Name);
        var known = await answers.FindAsync(place, environment.Nodes, cancellationToken);
        try
        {
            var found = isApplied ? await finder.FindAsync(environment.Nodes, place, cancellationToken) : await finder.AskAsync(environment.Nodes, place, cancellationToken);
            var change = known?.Used is { } used ? NodeChange.Between(used, found.Nodes) : null;
            var refusal = change?.FindProblem(environment.Policy.MissingNodes);
            return new InventoryTestView(
                service, environment.Name, [.. found.Nodes.Select(View)],
                [.. found.Parts.Select(part => new FoundPartView(part.Query.Provider.Name, part.Nodes, Math.Round(part.Took.TotalSeconds, 3)))], refusal?.Message, refusal?.Fix)
            {
                ComparedWith = known?.UsedAt,
                New = change?.New ?? [],
                Gone = change?.Gone ?? [],
            };
        }
        catch (InventoryException problem)
        {
            return new InventoryTestView(service, environment.Name, [], [], problem.Message, problem.Fix);
        }
    }

    private static FoundNodeView View(InventoryNode node) => new(node.Name, node.Address, node.User, node.Port, node.Jump, node.IdentityFile, node.Labels);
}
