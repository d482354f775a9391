using Wheelhouse.Server.Nodes.Commands;
using Wheelhouse.Server.Nodes.OpenSsh;
using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Server.Nodes;

/// <summary>Registers what reaches nodes.</summary>
public static class NodesServiceCollectionExtensions
{
    /// <summary>Adds the connector, the sessions and what <see cref="INodeGrain"/> needs. Settings: <see cref="NodeOptions"/>.</summary>
    public static IServiceCollection AddNodes(this IServiceCollection services)
    {
        return services
            .AddSingleton<OpenSshFiles>()
            .AddSingleton<OpenSshConnector>()
            .AddSingleton<INodeConnector>(provider => provider.GetRequiredService<OpenSshConnector>())
            .AddSingleton(_ => PayloadBundle.Embedded())
            .AddSingleton<NodeSessionFactory>()
            .AddSingleton<StagingSlots>();
    }
}
