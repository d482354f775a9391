using Wheelhouse.Server.Delivery.Commits;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Delivery.Undeployed;

namespace Wheelhouse.Server.Delivery;

/// <summary>Registers the delivery metrics.</summary>
public static class DeliveryServiceCollectionExtensions
{
    /// <summary>Adds computing delivery metrics, and the commits of releases. Needs the index, the services and what runs where.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<RolloutLog>()
        .AddSingleton<ReleaseLog>()
        .AddSingleton<CommitsRecorder>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<UndeployedQueries>();
}
