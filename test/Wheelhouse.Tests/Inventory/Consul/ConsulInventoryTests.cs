using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Consul;
using Wheelhouse.Tests.Inventory.Asking;

namespace Wheelhouse.Tests.Inventory.Consul;

/// <summary>Against a server that answers in the shapes of Consul's documentation.</summary>
public sealed class ConsulInventoryTests : InventoryProviderContract, IAsyncLifetime
{
    private static readonly InventoryContext Context = new("billing", "production");

    private static readonly string Catalog =
        $"[{CatalogEntry("app2", "10.0.0.2", "", 8000)},{CatalogEntry("app1", "10.0.0.1", "172.17.0.3", 8000)},{CatalogEntry("app1", "10.0.0.1", "172.17.0.3", 8001)}]";

    private static readonly string Health = $"[{HealthEntry("app2", "")},{HealthEntry("app1", "172.17.0.3")}]";

    private readonly TempFolder _folder = new("wh-consul");
    private readonly FakeTimeProvider _time = new();
    private SourceServer _server = null!;

    public ConsulInventoryTests() =>
        Provider = new ConsulInventory(new InventoryHttp(new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] })), _time);

    protected override IInventoryProvider Provider { get; }

    protected override string TwoNodes => Query();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SourceServer.StartAsync();
        Say(Catalog, "51");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Several_instances_on_a_node_are_one_node_with_what_is_known_of_them()
    {
        var nodes = await FindAsync(Query());
        Assert.Equal(["172.17.0.3", "10.0.0.2"], nodes.Select(node => node.Address));
        Assert.All(nodes, node => Assert.Equal((null, null), (node.User, node.Port)));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["consul_datacenter"] = "dc1",
                ["consul_tags"] = "prod,v2",
                ["consul_ports"] = "8000,8001",
                ["rack"] = "service's",
                ["instance_type"] = "t2.medium",
            },
            nodes[0].Labels);
        Assert.Equal("/v1/catalog/service/web", _server.Requests.Single().Target);
    }

    [Fact]
    public async Task The_query_becomes_the_documented_parameters_and_the_token_a_header()
    {
        Say(Health, "51");
        await FindAsync(Query($$"""
            , tags: [prod, v2], filter: 'Service.Meta.rack != "b&c"', health: passing, near: _agent, datacenter: dc1, namespace: team,
            token_file: {{_folder.Write("token", "b1gs33cr3t\n")}}
            """));
        var (target, headers) = _server.Requests.Single();
        Assert.Equal(
            "/v1/health/service/web?passing=true&dc=dc1&ns=team&near=_agent&filter="
            + Uri.EscapeDataString("\"prod\" in Service.Tags and \"v2\" in Service.Tags and (Service.Meta.rack != \"b&c\")"), target);
        Assert.Equal("b1gs33cr3t", headers["X-Consul-Token"]);
        await FindAsync(Query(", tags: [prod]", service: "we/b?"), "[]");
        Assert.Equal("/v1/catalog/service/we%2Fb%3F?filter=" + Uri.EscapeDataString("\"prod\" in ServiceTags"), _server.Requests.Last().Target);
    }

    [Fact]
    public async Task Nodes_are_sorted_by_name_or_by_the_distance_that_consul_sorts_by()
    {
        Assert.Equal(["app1", "app2"], (await FindAsync(Query(", health: any"), Health)).Select(node => node.Name));
        Assert.Equal(["app2", "app1"], (await FindAsync(Query(", health: any, near: _agent"), Health)).Select(node => node.Name));
    }

    [Theory]
    [InlineData("service", "172.17.0.3", "10.0.0.2")]
    [InlineData("node", "10.0.0.1", "10.0.0.2")]
    [InlineData("wan", "198.18.0.1", "198.18.0.1")]
    [InlineData("lan_ipv6", "2001:db8::1", "2001:db8::1")]
    public async Task The_address_is_chosen(string address, string first, string second)
    {
        Assert.Equal([first, second], (await FindAsync(Query($", address: {address}"))).Select(node => node.Address));
    }

    [Fact]
    public async Task An_address_that_there_is_not_or_that_is_ambiguous_is_an_error()
    {
        var error = await RefusedAsync(Query(", address: vpn"));
        Assert.Equal("Consul knows no address 'vpn' of the node 'app2'; its tagged addresses are lan, lan_ipv6, wan.", error.Message);
        Say($"[{CatalogEntry("app1", "10.0.0.1", "172.17.0.3", 8000)},{CatalogEntry("app1", "10.0.0.1", "172.17.0.4", 8000)}]", "51");
        error = await RefusedAsync(Query());
        Assert.Contains("several addresses: 172.17.0.3, 172.17.0.4", error.Message, StringComparison.Ordinal);
        Assert.Contains("address: node", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_the_token_may_not_see_or_that_the_filter_let_through_are_an_error()
    {
        _server.Answer = http =>
        {
            http.Response.Headers["X-Consul-Results-Filtered-By-ACLs"] = "true";
            return http.Response.WriteAsync(Catalog);
        };
        Assert.Contains("left out what the token may not read", (await RefusedAsync(Query())).Message, StringComparison.Ordinal);
        Say(Catalog, "51");
        Assert.Contains("an instance on 'app2' does not have the tag 'blue'", (await RefusedAsync(Query(", tags: [blue]"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_consul_refuses_is_said_without_the_token()
    {
        _server.Answer = http =>
        {
            http.Response.StatusCode = 403;
            return http.Response.WriteAsync($"Permission denied: token {http.Request.Headers["X-Consul-Token"]} lacks permission 'service:read'");
        };
        var error = await RefusedAsync(Query($", token_file: {_folder.Write("token", "b1gs33cr3t")}"));
        Assert.Equal($"GET {_server.Url}/v1/catalog/service/web answered with status 403: Permission denied: token *** lacks permission 'service:read'", error.Message);
    }

    [Fact]
    public void Whatever_comes_ends_in_nodes_or_in_an_inventory_error()
    {
        foreach (var (good, query) in new[] { ($"[{CatalogEntry("app1", "10.0.0.1", "", 1)}]", Query()), ($"[{HealthEntry("app1", "")}]", Query(", health: any")) })
        {
            var options = (ConsulOptions)Bind(query);
            foreach (var reply in FuzzedJson.Truncated(good))
            {
                Assert.Throws<InventoryException>(() => ConsulInventory.Read(FuzzedJson.Reply(reply), options));
            }

            foreach (var reply in FuzzedJson.Changed(good))
            {
                var error = Record.Exception(() => ConsulInventory.Read(FuzzedJson.Reply(reply), options));
                Assert.True(error is null or InventoryException { Message.Length: < 1000 }, $"{reply} → {error}");
            }
        }
    }

    [Theory]
    [InlineData("{ service: web, health: critical }", "nodes.health", "neither 'any' nor 'passing'")]
    [InlineData("{ service: web, url: 'http://consul:8500/?token=x' }", "nodes.url", "has a query")]
    [InlineData("{ service: web, url: consul }", "nodes.url", "is not a URL")]
    [InlineData("{ service: web, tags: [a, 'b\"'] }", "nodes.tags[1]", "quote")]
    [InlineData("{ service: web, key_file: /k }", "nodes.key_file", "cert_file")]
    [InlineData("{ service: '' }", "nodes.service", "empty")]
    public void A_bad_query_is_refused_when_it_is_applied(string yaml, string field, string message)
    {
        var error = Assert.Single(FindErrors(yaml));
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("51", "51")]
    [InlineData("0", "1")]
    [InlineData("-7", "1")]
    [InlineData("soon", "1")]
    [InlineData(null, "1")]
    public async Task The_version_is_the_index_and_at_least_one(string? index, string version)
    {
        Say(Catalog, index);
        Assert.Equal(version, (await Provider.FindAsync(Bind(Query()), Context, Token)).Version);
    }

    [Theory]
    [InlineData("52")]
    [InlineData("7")] // An index that goes backwards is a change as well.
    public async Task A_query_is_held_open_until_the_index_is_another(string next)
    {
        var open = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        _server.Answer = async http =>
        {
            open.SetResult();
            await answer.Task;
            http.Response.Headers["X-Consul-Index"] = next;
            await http.Response.WriteAsync(Catalog);
        };
        var waiting = WaitAsync(Query(", tags: [prod]"), "51");
        await open.Task.WaitAsync(Token);
        Assert.EndsWith("&index=51&wait=300s", _server.Requests.Single().Target, StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));
        answer.SetResult();
        await waiting; // Without a pause: the answer was long in coming.
    }

    [Fact]
    public async Task A_change_that_is_told_at_once_is_passed_on_after_a_pause()
    {
        var waiting = WaitAsync(Query(), "50");
        await Eventually.TrueAsync(() => !_server.Requests.IsEmpty, "the query", TimeSpan.FromSeconds(30), Token);
        await Eventually.TrueAsync(
            () =>
            {
                Assert.Single(_server.Requests);
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return waiting.IsCompletedSuccessfully;
            },
            "the change", TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task An_answer_that_says_the_same_at_once_does_not_make_a_busy_loop()
    {
        Say(Catalog, "0");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = WaitAsync(Query(), "1", patience.Token);
        await Eventually.TrueAsync(() => _server.Requests.Count == 1, "the first query", TimeSpan.FromSeconds(30), Token);
        var passed = 0;
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                passed++;
                return _server.Requests.Count == 4;
            },
            "three more queries", TimeSpan.FromSeconds(60), Token);
        Assert.InRange(passed, 30, int.MaxValue); // At least a second between each two, of the inventory's clock.
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_consul_that_falls_silent_is_not_waited_for_without_end()
    {
        var open = new TaskCompletionSource();
        _server.Answer = http =>
        {
            open.SetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        var waiting = WaitAsync(Query(), "51");
        await open.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains("did not answer a query for web within 334 s", (await Assert.ThrowsAsync<InventoryException>(() => waiting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_ends_the_waiting()
    {
        _server.Say("No cluster leader", status: 500);
        Assert.Contains("status 500: No cluster leader", (await Assert.ThrowsAsync<InventoryException>(() => WaitAsync(Query(), "51"))).Message, StringComparison.Ordinal);
    }

    private static string CatalogEntry(string node, string address, string serviceAddress, int port) => $$$"""
        {"ID":"40e4a748-2192-161a-0510-9bf59fe950b5","Node":"{{{node}}}","Address":"{{{address}}}","Datacenter":"dc1",
        "TaggedAddresses":{"lan":"192.168.10.10","wan":"10.0.10.10","lan_ipv6":"2001:db8::1"},
        "NodeMeta":{"instance_type":"t2.medium","rack":"node's"},"CreateIndex":51,"ModifyIndex":51,
        "ServiceAddress":"{{{serviceAddress}}}","ServiceEnableTagOverride":false,"ServiceID":"web-{{{port}}}","ServiceName":"web","ServicePort":{{{port}}},
        "ServiceMeta":{"rack":"service's"},"ServiceTaggedAddresses":{"wan":{"address":"198.18.0.1","port":512}},"ServiceTags":["prod","v2"],
        "ServiceProxy":{"Config":null,"Upstreams":null},"ServiceConnect":{"Native":false,"Proxy":null},"Namespace":"default"}
        """;

    private static string HealthEntry(string node, string serviceAddress) => $$$"""
        {"Node":{"ID":"40e4a748","Node":"{{{node}}}","Address":"10.1.10.12","Datacenter":"dc1","TaggedAddresses":{"lan":"10.1.10.12"},
        "Meta":{"instance_type":"t2.medium"}},
        "Service":{"ID":"web","Service":"web","Tags":["prod","v2"],"Address":"{{{serviceAddress}}}","TaggedAddresses":{"wan":{"address":"198.18.1.2","port":80}},
        "Meta":{"rack":"a"},"Port":8000,
        "Weights":{"Passing":10,"Warning":1},"Namespace":"default"},
        "Checks":[{"Node":"{{{node}}}","CheckID":"service:web","Name":"check","Status":"passing","Output":"","ServiceID":"web","ServiceTags":["prod"]}]}
        """;

    private string Query(string more = "", string service = "web") => $$"""{ service: "{{service}}", url: "{{_server.Url}}"{{more}} }""";

    private void Say(string reply, string? index) => _server.Answer = http =>
    {
        if (index is not null) http.Response.Headers["X-Consul-Index"] = index;
        return http.Response.WriteAsync(reply);
    };

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(string query, string? reply = null)
    {
        if (reply is not null) Say(reply, "51");
        return (await Provider.FindAsync(Bind(query), Context, Token)).Nodes;
    }

    private Task<InventoryException> RefusedAsync(string query) => Assert.ThrowsAsync<InventoryException>(() => FindAsync(query));

    private Task WaitAsync(string query, string version, CancellationToken? token = null) =>
        ((IWatchableInventory)Provider).WaitForChangeAsync(Bind(query), Context, version, token ?? Token);
}
