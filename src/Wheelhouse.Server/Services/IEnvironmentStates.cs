using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Services;

/// <summary>Knows what runs where. Rollouts write that, so they implement this.</summary>
public interface IEnvironmentStates
{
    /// <summary>What runs in one environment, as far as known.</summary>
    Task<EnvironmentView> GetAsync(string service, EnvironmentDocument environment, CancellationToken cancellationToken = default);

    /// <summary>A rollout of a service that is active, in whichever environment, also one that its document no longer has; null when there is none.</summary>
    Task<(string Environment, string Rollout)?> FindActiveAsync(string service, CancellationToken cancellationToken = default);
}
