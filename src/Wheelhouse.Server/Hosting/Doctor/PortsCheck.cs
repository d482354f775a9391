using System.Net;
using System.Net.Sockets;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The ports are free, or this server has them.</summary>
internal sealed class PortsCheck : IServerCheck
{
    public string Name => "ports";

    public Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (surroundings.Running is { } running) return Task.FromResult(CheckResult.Ok($"Process {running.Pid} listens on {string.Join(", ", running.Urls)}."));
        foreach (var url in surroundings.Settings.Get<ServerOptions>().Urls)
        {
            if (!ListenAddress.TryParse(url, out var address)) continue;
            try
            {
                using var listener = new TcpListener(address.Address ?? IPAddress.Any, address.Port);
                listener.Start();
            }
            catch (SocketException exception)
            {
                return Task.FromResult(CheckResult.Failed($"{url} cannot be listened on: {exception.Message}", "Stop the program that uses it, or change urls. A port below 1024 needs a privilege."));
            }
        }

        return Task.FromResult(CheckResult.Ok("The ports are free."));
    }
}
