using Wheelhouse.Server.Delivery.Deployments;

namespace Wheelhouse.Server.Delivery;

/// <summary>A service with its deployments of a time.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Team">Its team, or null.</param>
/// <param name="Environments">The environments whose deployments are counted.</param>
/// <param name="Deployments">The deployments, by environment in the order of their ends.</param>
internal sealed record ServiceDeployments(string Service, string? Team, IReadOnlyList<string> Environments, IReadOnlyList<Deployment> Deployments);
