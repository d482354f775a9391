using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Automatic;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Rollouts.Phases;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Server.Services;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Rollouts;

/// <summary>Registers the deployment job.</summary>
public static class RolloutsServiceCollectionExtensions
{
    /// <summary>Adds rollouts: their requests, their phases, their reading, and the waking of those that a killed server left.</summary>
    public static IServiceCollection AddRollouts(this IServiceCollection services) => services
        .AddSingleton<EnvironmentQueries>()
        .AddSingleton<IEnvironmentStates>(provider => provider.GetRequiredService<EnvironmentQueries>())
        .AddSingleton<RolloutQueries>()
        .AddSingleton<RolloutComparer>()
        .AddSingleton<RolloutRequests>()
        .AddSingleton<RolloutActions>()
        .AddSingleton<FenceReset>()
        .AddSingleton<IEnvironmentNodes, EnvironmentNodesFinder>()
        .AddSingleton<LockStore>()
        .AddSingleton<IRetention, LockRetention>()
        .AddSingleton<IFileUse, LockedFileUse>()
        .AddSingleton<IRetention, StepRetention>()
        .AddSingleton<IRetention, RolloutRetention>()
        .AddSingleton<IRetention, PlanRetention>()
        .AddSingleton<NodeIndex>()
        .AddSingleton<Resolver>()
        .AddSingleton<NodeActivation>()
        .AddSingleton<NodeRevert>()
        .AddSingleton<NodeList>()
        .AddSingleton<InventoryTester>()
        .AddSingleton<InventoryWatch>()
        .AddSingleton<NewNodes>()
        .AddHostedService<InventoryRefresher>()
        .AddSingleton<DiscoverPhase>()
        .AddSingleton<LockPhase>()
        .AddSingleton<PlanPhase>()
        .AddSingleton<StagePhase>()
        .AddSingleton<ActivatePhase>()
        .AddSingleton<RevertPhase>()
        .AddSingleton<FinishPhase>()
        .AddSingleton<RolloutRun>()
        .AddMetrics()
        .AddSingleton<EndedRollouts>()
        .AddSingleton<RolloutMetrics>()
        .AddHostedService<RolloutReporter>()
        .AddHostedService<RolloutGauges>()
        .AddSingleton<AutomaticRollouts>()
        .AddHostedService<AutomaticService>()
        .AddHostedService<RolloutResumer>();
}
