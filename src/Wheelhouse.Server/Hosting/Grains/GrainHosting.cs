using System.Net;
using System.Net.Sockets;

namespace Wheelhouse.Server.Hosting.Grains;

/// <summary>Sets up Orleans, the engine in which the grains live.</summary>
internal static class GrainHosting
{
    /// <summary>Adds a silo for this process alone, on a free port of the loopback address.</summary>
    public static void AddGrains(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IFatalErrorHandler, FatalGrainErrors>();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "wheelhouse", clusterId: "wheelhouse"));
    }

    /// <summary>Orleans refuses port 0, so a free one is found beforehand.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
