using System.Net;
using System.Net.Sockets;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Dns;

namespace Wheelhouse.Tests.Inventory.Dns;

/// <summary>Against a real DNS server.</summary>
public sealed class DnsInventoryTests : InventoryProviderContract, IAsyncLifetime
{
    private static readonly string[] Records =
    [
        "srv-host=_two._tcp.test,app1,22,1,0", "srv-host=_two._tcp.test,app2,22,2,0",
        "srv-host=_web._tcp.test,app3.test,8000,20,5", "srv-host=_web._tcp.test,app2.test,8000,10,5",
        "srv-host=_web._tcp.test,app1.test,8001,10,50", "srv-host=_web._tcp.test,APP2.test,8002,10,1",
        "srv-host=_gone._tcp.test,.,0,0,0",
        "host-record=pool.test,10.0.0.10", "host-record=pool.test,10.0.0.9", "host-record=pool.test,2001:db8::2", "host-record=pool.test,2001:db8::1",
        "cname=alias.test,second.test", "cname=second.test,pool.test", "cname=nowhere.test,elsewhere.test",
        .. Enumerable.Range(1, 60).Select(i => $"srv-host=_many._tcp.test,a-rather-long-name-of-a-machine-{i:00}.production.test,22,1,1"),
    ];

    private TestDns _dns = null!;

    protected override IInventoryProvider Provider { get; } = new DnsInventory();

    protected override string TwoNodes => Query("_two._tcp.test");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _dns = await TestDns.StartAsync(Records, Token);

    public async ValueTask DisposeAsync() => await _dns.DisposeAsync();

    [Fact]
    public async Task Srv_targets_come_by_priority_weight_and_name()
    {
        var nodes = await FindAsync(Query("_web._tcp.test"));
        Assert.Equal(["app1.test", "app2.test", "app3.test"], nodes.Select(node => node.Name));
        Assert.All(nodes, node => Assert.Null(node.Port));
        Assert.Equal("port=8000 priority=10 weight=5", string.Join(' ', nodes[1].Labels.Select(label => $"{label.Key}={label.Value}")));
    }

    [Fact]
    public async Task The_port_is_sshds_when_the_query_says_so() =>
        Assert.Equal([22, 22], (await FindAsync(Query("_two._tcp.test", "use_port: true"))).Select(node => node.Port));

    [Theory]
    [InlineData("pool.test", "A", "10.0.0.9 10.0.0.10")]
    [InlineData("pool.test", "AAAA", "2001:db8::1 2001:db8::2")]
    [InlineData("alias.test", "A", "10.0.0.9 10.0.0.10")]
    [InlineData("POOL.test.", "A", "10.0.0.9 10.0.0.10")]
    public async Task Addresses_are_nodes(string name, string type, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', (await FindAsync(Query(name, $"type: {type}"))).Select(node => node.Address)));

    [Fact]
    public async Task Several_names_are_one_list_without_repetition() =>
        Assert.Equal(
            ["app1", "app2", "app1.test", "app2.test", "app3.test"], (await FindAsync(Query("_two._tcp.test, _web._tcp.test, _two._tcp.test"))).Select(node => node.Name));

    [Theory]
    [InlineData(512)]
    [InlineData(1232)]
    [InlineData(4096)]
    public async Task A_reply_too_long_for_udp_comes_whole(int udpBytes)
    {
        await using var dns = await TestDns.StartAsync([.. Records, $"edns-packet-max={udpBytes}"], Token);
        var nodes = await FindAsync($"{{ names: [_many._tcp.test], server: '{dns.Server}' }}");
        Assert.Equal(60, nodes.Count);
        Assert.Equal("a-rather-long-name-of-a-machine-60.production.test", nodes[^1].Name);
    }

    [Theory]
    [InlineData("none.test", "SRV", "does not exist (NXDOMAIN)")]
    [InlineData("pool.test", "SRV", "there is no such record")]
    [InlineData("_web._tcp.test", "A", "there is no such record")]
    [InlineData("nowhere.test", "A", "is an alias of elsewhere.test")]
    [InlineData("example.com", "A", "refuses to answer (REFUSED)")]
    [InlineData("_gone._tcp.test", "SRV", "is not available")]
    public async Task Silence_is_an_error(string name, string type, string message) => await AssertFailsAsync(Query(name, $"type: {type}"), message);

    [Fact]
    public async Task One_name_without_an_answer_is_an_error_for_all() => await AssertFailsAsync(Query("_web._tcp.test, none.test"), "none.test");

    [Fact]
    public async Task Nobody_there_is_an_error() => await AssertFailsAsync($"{{ names: [a.test], server: '127.0.0.1:{FreePort.Take()}' }}", "asked of 127.0.0.1");

    [Fact]
    public async Task A_silent_server_is_an_error_or_left_at_once()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var query = $"{{ names: [a.test], server: '{silent.Client.LocalEndPoint}' }}";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asked = Provider.FindAsync(Bind(query), new InventoryContext("billing", "production"), stop.Token);
        await silent.ReceiveAsync(Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await AssertFailsAsync(query, "no answer came in time");
    }

    /// <summary>A real reply, cut off and changed at every byte.</summary>
    [Fact]
    public async Task Bytes_that_are_no_reply_are_an_error()
    {
        using var relay = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var relayed = DamageAsync(relay, stop.Token);
        for (var i = 0; i < 120; i++)
        {
            try
            {
                _ = await FindAsync($"{{ names: [_two._tcp.test], server: '{relay.Client.LocalEndPoint}' }}");
            }
            catch (InventoryException e)
            {
                Assert.Contains("_two._tcp.test", e.Message);
            }
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => relayed);
    }

    [Theory]
    [InlineData("[]", "is empty")]
    [InlineData("['a b']", "not a name")]
    [InlineData("[a..b]", "not a name")]
    [InlineData("[.]", "not a name")]
    [InlineData("{ names: [a], type: MX }", "must be SRV, A or AAAA")]
    [InlineData("{ names: [a], server: dns.example }", "not the address of a server")]
    [InlineData("{ names: [a], type: A, use_port: true }", "have no port")]
    public void A_query_that_cannot_be_asked_is_refused(string yaml, string message) => Assert.Contains(message, Assert.Single(FindErrors(yaml)).Message);

    private string Query(string names, string more = "") => $"{{ names: [{names}], server: '{_dns.Server}', {more} }}";

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(string yaml) =>
        (await Provider.FindAsync(Bind(yaml), new InventoryContext("billing", "production"), Token)).Nodes;

    private async Task AssertFailsAsync(string yaml, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<InventoryException>(() => FindAsync(yaml))).Message, StringComparison.Ordinal);

    /// <summary>Passes questions on and gives back each reply with one byte changed (never those of its id), every third time cut off there.</summary>
    private async Task DamageAsync(UdpClient relay, CancellationToken token)
    {
        using var real = new UdpClient("127.0.0.1", _dns.Port);
        for (var i = 0; ; i++)
        {
            var question = await relay.ReceiveAsync(token);
            await real.SendAsync(question.Buffer, token);
            var reply = (await real.ReceiveAsync(token)).Buffer;
            var at = 2 + (i % (reply.Length - 2));
            reply[at] ^= (byte)(0xFF >> (i % 5));
            await relay.SendAsync(i % 3 == 0 ? reply[..at] : reply, question.RemoteEndPoint, token);
        }
    }
}
