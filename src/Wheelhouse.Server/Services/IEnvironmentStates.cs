using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Services;

/// <summary>Knows what runs where. Rollouts write that, so they implement this.</summary>
public interface IEnvironmentStates
{
    /// <summary>What runs in environments, as far as known; in their order, and in as many reads for hundreds as for one.</summary>
    Task<IReadOnlyList<EnvironmentView>> ListAsync(IReadOnlyList<(string Service, EnvironmentDocument Environment)> environments, CancellationToken cancellationToken = default);

    /// <summary>A rollout of a service that is active or waits, in whichever environment, also one that its document no longer has; null when there is none.</summary>
    (string Environment, string Rollout)? FindActive(WheelhouseContext context, string service);
}
