using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Hosting.Startup;

namespace Wheelhouse.Tests.Hosting;

/// <summary>What features need of the hosting, for test servers that have only some of the features.</summary>
internal static class HostingParts
{
    /// <summary>Adds the shape of errors, the server's address and its output.</summary>
    /// <param name="services">The services.</param>
    /// <param name="output">Gets what it says on standard output; null drops that.</param>
    public static IServiceCollection AddHostingParts(this IServiceCollection services, TextWriter? output = null) => services
        .AddHttpProblems()
        .AddSingleton(new ServerOptions())
        .AddSingleton<ServerAddress>()
        .AddSingleton(new ServerOutput(output ?? TextWriter.Null))
        .AddHostedService<ServerAnnouncement>();
}
