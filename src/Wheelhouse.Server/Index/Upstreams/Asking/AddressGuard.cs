using System.Net;
using System.Net.Sockets;

namespace Wheelhouse.Server.Index.Upstreams.Asking;

/// <summary>
/// Connects to what pages and redirects of an upstream name. One on the public network must not lead this server to addresses of the inner one,
/// which the upstream could not reach itself; an inner upstream may name both.
/// </summary>
/// <param name="home">The upstream's own host.</param>
internal sealed class AddressGuard(string home)
{
    /// <summary>Opens a connection, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, token);
        // Through a proxy, the proxy's host is connected to, and its own rules hold.
        var isProxy = !IsSame(host, context.InitialRequestMessage.RequestUri?.IdnHost ?? host);
        if (!isProxy && !IsSame(host, home) && Array.Exists(addresses, IsInner) && !await IsHomeInnerAsync(token))
            throw new HttpRequestException($"{host} has an address of the inner network, which a public upstream may not name");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is one of this machine or of a private network (RFC 1918, 3927, 4193, 6598).</summary>
    internal static bool IsInner(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any)) return true;
        if (address.AddressFamily is AddressFamily.InterNetworkV6) return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal;
        return address.GetAddressBytes() switch
        {
            [0 or 10, ..] or [169, 254, ..] or [192, 168, ..] => true,
            [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..] => true,
            _ => false,
        };
    }

    private async Task<bool> IsHomeInnerAsync(CancellationToken token) => Array.Exists(await Dns.GetHostAddressesAsync(home, token), IsInner);

    private static bool IsSame(string host, string other) => string.Equals(host.Trim('[', ']'), other.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
}
