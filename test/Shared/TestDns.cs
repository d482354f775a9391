using System.Net.Sockets;

namespace Wheelhouse.Testing;

/// <summary>A real DNS server (Debian's dnsmasq) on a loopback address, which knows the names below <c>test</c> that it was given, and asks nobody else.</summary>
public sealed class TestDns : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ChildProcess _process;

    private TestDns(TempFolder folder, ChildProcess process, string address, int port) => (_folder, _process, Address, Port) = (folder, process, address, port);

    /// <summary>The address that it listens on.</summary>
    public string Address { get; }

    /// <summary>The port, for UDP and TCP.</summary>
    public int Port { get; }

    /// <summary>Where it is, as the option of a query.</summary>
    public string Server => $"{Address}:{Port}";

    /// <summary>Starts one.</summary>
    /// <param name="records">Lines of dnsmasq's configuration, such as <c>srv-host=_web._tcp.test,app1.test,8000,10,5</c> (port, priority, weight)
    /// and <c>host-record=app1.test,10.0.0.1</c>.</param>
    /// <param name="token">Ends the wait.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="at">The port; null for a free one. Only root can take 53, which resolvers ask.</param>
    public static async Task<TestDns> StartAsync(IEnumerable<string> records, CancellationToken token, string address = "127.0.0.1", int? at = null)
    {
        var folder = new TempFolder("wh-dns");
        var port = at ?? FreePort.Take();
        var configuration = folder.Write("dnsmasq.conf", $"""
            port={port}
            listen-address={address}
            bind-interfaces
            user={Environment.UserName}
            group=
            no-resolv
            no-hosts
            local=/test/
            {string.Join('\n', records)}

            """);
        var process = ChildProcess.Start("/usr/sbin/dnsmasq", ["--keep-in-foreground", "--log-facility=-", "--pid-file=", $"--conf-file={configuration}"]);
        var dns = new TestDns(folder, process, address, port);
        await Eventually.TrueAsync(
            () => process.HasExited ? throw new InvalidOperationException($"dnsmasq ended: {process.Everything}") : AnswersAsync(address, port, token),
            "dnsmasq answers", TimeSpan.FromSeconds(20), token);
        return dns;
    }

    /// <summary>Ends it.</summary>
    public Task StopAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<bool> AnswersAsync(string address, int port, CancellationToken token)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address, port, token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
