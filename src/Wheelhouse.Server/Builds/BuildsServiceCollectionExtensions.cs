using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Publishing;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Builds.Statuses;
using Wheelhouse.Server.Builds.Triggers;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Builds;

/// <summary>Registers builds.</summary>
public static class BuildsServiceCollectionExtensions
{
    /// <summary>Adds projects to build, their builds and what triggers them.</summary>
    public static IServiceCollection AddBuilds(this IServiceCollection services) => services
        .AddSingleton<ISources, GitSources>()
        .AddSingleton<IndexSocket>()
        .AddHostedService(provider => provider.GetRequiredService<IndexSocket>())
        .AddSingleton<IStartupFilter, IndexSocketFilter>()
        .AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => new ConfigureOptions<KestrelServerOptions>(provider.GetRequiredService<IndexSocket>().Listen))
        .AddSingleton<SandboxStarter>()
        .AddSingleton<BuildUsers>()
        .AddSingleton<PayloadFolder>()
        .AddSingleton<EnvironmentCache>()
        .AddSingleton<IBuildRunner, BubblewrapRunner>()
        .AddSingleton<BuildProjectParser>()
        .AddSingleton<BuildProjectCatalog>()
        .AddSingleton<ISecretUse, BuildSecrets>()
        .AddSingleton<FollowingRollouts>()
        .AddSingleton<BuildQueries>()
        .AddSingleton<BuildActions>()
        .AddSingleton<ReleaseHistory>()
        .AddSingleton<PublishedCheck>()
        .AddSingleton<BuildPublisher>()
        .AddSingleton<BuildSlots>()
        .AddSingleton<BuildRun>()
        .AddSingleton<HookReceiver>()
        .AddSingleton<WorkingTrees>()
        .AddSingleton<Poller>()
        .AddHostedService<PollService>()
        .AddSingleton<StatusHttp>()
        .AddSingleton<StatusTeller>()
        .AddHostedService<StatusService>()
        .AddSingleton<IRetention, BuildRetention>()
        .AddSingleton<IRetention, BuildLogRetention>()
        .AddSingleton<IRetention, HookDeliveryRetention>()
        .AddMetrics()
        .AddHostedService<BuildGauges>()
        .AddHostedService<BuildResumer>();

    /// <summary>Maps projects to build, their builds and the addresses that git hosts tell of pushes.</summary>
    public static IEndpointRouteBuilder MapBuilds(this IEndpointRouteBuilder routes)
    {
        routes.MapBuildProjects();
        routes.MapBuildRequests();
        routes.MapHooks();
        return routes;
    }
}
