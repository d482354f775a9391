using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery.Figures;

namespace Wheelhouse.Server.Delivery;

/// <summary>Which deployments are counted.</summary>
/// <param name="Period">In which time they ended.</param>
/// <param name="Service">Only this service; null for all that the caller may see.</param>
/// <param name="Team">Only the services of this team; null for all.</param>
/// <param name="Environment">The environment, or <see cref="DeliveryQuery.EveryEnvironment"/>; null for the last one of each service.</param>
internal sealed record DeliveryFilter(Period Period, string? Service = null, string? Team = null, string? Environment = null);
