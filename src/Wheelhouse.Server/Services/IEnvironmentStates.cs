using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Server.Services;

/// <summary>Knows what runs where. Rollouts write that, so they implement this.</summary>
public interface IEnvironmentStates
{
    /// <summary>What runs in one environment, as far as known.</summary>
    Task<EnvironmentView> GetAsync(string service, string environment, CancellationToken cancellationToken = default);
}
