using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>Brings nodes that joined the inventory to the release that is current, in an ordinary rollout of the kind converge: holds and freezes apply.</summary>
internal sealed class NewNodes(EnvironmentQueries environments, RolloutActions actions, ILogger<NewNodes> logger)
{
    /// <summary>Who asks, in history and audit.</summary>
    private const string By = "inventory";

    /// <summary>Asks for the rollout when there is something to do and nothing in its way; what is in its way is gone at a later refresh.</summary>
    public async Task ConvergeAsync(InventoryContext place, EnvironmentDocument environment, CancellationToken cancellationToken)
    {
        var view = await environments.GetAsync(place.Service, environment, cancellationToken);
        var names = view.Nodes.Where(node => node.State == NodeStates.New).Select(node => node.Name).ToList();
        if (names.Count == 0 || view.Version is null || view.ActiveRollout is not null || view.Holds.Count > 0) return;
        var request = new RolloutRequest { Kind = RolloutKinds.Converge, Limit = names, Reason = $"{NodeChange.Some(names)} joined the inventory" };
        var caller = new Caller(By, Roles.Deployer, [place.Service], [place.Environment], []);
        try
        {
            await actions.RequestAsync(place.Service, place.Environment, request, caller, idempotencyKey: null, cancellationToken);
        }
        catch (ApiException refusal)
        {
            logger.LogInformation("{Nodes} of {Service} in {Environment} are not converged now: {Reason}", NodeChange.Some(names), place.Service, place.Environment, refusal.Message);
        }
    }
}
