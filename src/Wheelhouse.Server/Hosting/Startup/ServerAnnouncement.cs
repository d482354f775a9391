using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Startup;

/// <summary>Tells where the server listens: on standard output, and in <c>server.json</c> of the data directory while it runs.</summary>
internal sealed class ServerAnnouncement(IServer server, ServerAddress address, ServerOutput output, DataDirectory data) : LifecycleService
{
    public override async Task StartedAsync(CancellationToken cancellationToken)
    {
        // The socket for builds is for nobody else.
        address.SetBound([.. server.Features.Get<IServerAddressesFeature>()!.Addresses.Where(url => !url.StartsWith("http://unix:", StringComparison.Ordinal))]);
        var urls = await address.Bound;
        await new ServerFile(Environment.ProcessId, urls, address.PublicText, ProgramVersion.Text).WriteAsync(data, cancellationToken);
        foreach (var url in urls) await output.WriteLineAsync($"Wheelhouse listens on {url}");
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        File.Delete(data.ServerFile);
        return Task.CompletedTask;
    }
}
