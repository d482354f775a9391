using Wheelhouse.Server.Nodes.Commands;
using Wheelhouse.Server.Nodes.Doctor;
using Wheelhouse.Server.Nodes.HostKeys;
using Wheelhouse.Server.Nodes.OpenSsh;
using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Server.Nodes;

/// <summary>Registers what reaches nodes.</summary>
public static class NodesServiceCollectionExtensions
{
    /// <summary>
    /// Adds the connector, the sessions, what <see cref="INodeGrain"/> needs, host keys and the doctor. Needs an <see cref="IEnvironmentNodes"/>.
    /// Settings: <see cref="NodeOptions"/>.
    /// </summary>
    public static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddSingleton<OpenSshFiles>()
        .AddSingleton<OpenSshConnector>()
        .AddSingleton<INodeConnector>(provider => provider.GetRequiredService<OpenSshConnector>())
        .AddSingleton(_ => PayloadBundle.Embedded())
        .AddSingleton<NodeSessionFactory>()
        .AddMetrics()
        .AddHostedService<SessionMetrics>()
        .AddSingleton<StagingSlots>()
        .AddSingleton<KnownHosts>()
        .AddSingleton<HostKeyScanner>()
        .AddSingleton<HostKeyService>()
        .AddSingleton<NodeDoctor>();
}
