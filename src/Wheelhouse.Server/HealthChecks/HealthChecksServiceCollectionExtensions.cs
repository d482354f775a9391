using Wheelhouse.Server.HealthChecks.Command;
using Wheelhouse.Server.HealthChecks.Http;
using Wheelhouse.Server.HealthChecks.Tcp;

namespace Wheelhouse.Server.HealthChecks;

/// <summary>Registers the kinds of health check that run on nodes.</summary>
public static class HealthChecksServiceCollectionExtensions
{
    /// <summary>Adds every kind of health check; a new one is one line here.</summary>
    public static IServiceCollection AddNodeHealthChecks(this IServiceCollection services) => services
        .AddSingleton<HealthCheckKinds>()
        .AddSingleton<IHealthCheck, HttpCheck>()
        .AddSingleton<IHealthCheck, TcpCheck>()
        .AddSingleton<IHealthCheck, CommandCheck>();
}
