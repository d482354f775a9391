using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Holds;

/// <summary>Registers the holds.</summary>
public static class HoldsServiceCollectionExtensions
{
    /// <summary>Adds placing, lifting and finding holds. Needs the services.</summary>
    public static IServiceCollection AddHolds(this IServiceCollection services) => services
        .AddSingleton<HoldQueries>()
        .AddSingleton<HoldActions>()
        .AddSingleton<IRetention, HoldRetention>();
}
