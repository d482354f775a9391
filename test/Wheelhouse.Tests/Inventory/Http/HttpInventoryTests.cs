using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Http;
using Wheelhouse.Tests.Inventory.Asking;

namespace Wheelhouse.Tests.Inventory.Http;

public sealed class HttpInventoryTests : InventoryProviderContract, IAsyncLifetime
{
    private const string Groups = """
        [{"targets":["app1:9100","app1:8000"],"labels":{"zone":"a","__meta_rack":"7"}},{"targets":["app2"]}]
        """;

    private const string Hosts = """
        {"hosts":[
          {"env":"prod","fqdn":"app1","net":[{"ip":"10.0.0.1"}],"ssh":{"port":2222},"tags":{"zone":"a","weight":2,"spare":false,"none":null}},
          {"env":"prod","fqdn":"app2","net":[{"ip":"2001:db8::2"}]},
          {"env":"dev","fqdn":"app3","net":[]}]}
        """;

    private readonly TempFolder _folder = new("wh-http");
    private SourceServer _server = null!;

    public HttpInventoryTests() =>
        Provider = new HttpInventory(new InventoryHttp(new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] })));

    protected override IInventoryProvider Provider { get; }

    protected override string TwoNodes => _server.Url;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SourceServer.StartAsync();
        _server.Say(Groups);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Targets_of_one_host_are_one_node_with_their_labels()
    {
        var nodes = await FindAsync(_server.Url);
        Assert.Equal((null, null), (nodes[0].User, nodes[0].Port));
        Assert.Equal(new Dictionary<string, string> { ["__address__"] = "app1:9100", ["zone"] = "a", ["__meta_rack"] = "7" }, nodes[0].Labels);
        Assert.Equal(new Dictionary<string, string> { ["__address__"] = "app2" }, nodes[1].Labels);
    }

    [Fact]
    public async Task An_expression_selects_nodes_and_others_their_fields()
    {
        _server.Say(Hosts);
        var nodes = await FindAsync($$"""
            url: {{_server.Url}}/cmdb
            nodes: "hosts[?env=='prod']"
            fields: { name: fqdn, address: "net[0].ip", port: ssh.port, labels: tags }
            """);
        Assert.Equal([("app1", "10.0.0.1", 2222), ("app2", "2001:db8::2", (int?)null)], nodes.Select(node => (node.Name, node.Address, node.Port)));
        Assert.Equal(new Dictionary<string, string> { ["zone"] = "a", ["weight"] = "2", ["spare"] = "false" }, nodes[0].Labels);
        Assert.Empty(nodes[1].Labels);
    }

    [Fact]
    public async Task An_expression_may_give_objects_with_our_keys_or_texts()
    {
        _server.Say(Hosts);
        var objects = await FindAsync($$"""{ url: "{{_server.Url}}", nodes: "hosts[?env=='prod'].{name: fqdn, address: net[0].ip}" }""");
        Assert.Equal(["10.0.0.1", "2001:db8::2"], objects.Select(node => node.Address));
        var texts = await FindAsync($$"""{ url: "{{_server.Url}}", nodes: "hosts[].fqdn" }""");
        Assert.Equal(["app1", "app2", "app3"], texts.Select(node => node.Name));
        _server.Say("""["deploy@app1:2222", "[2001:db8::1]:22"]""");
        var parsed = await FindAsync($$"""{ url: "{{_server.Url}}", nodes: "@" }""");
        Assert.Equal([("deploy", "app1", 2222), (null, "2001:db8::1", 22)], parsed.Select(node => (node.User, node.Address, node.Port)));
    }

    [Fact]
    public async Task Headers_and_credentials_are_sent()
    {
        await FindAsync($$"""{ url: "{{_server.Url}}/t?x=1", headers: { X-Site: north, Accept: text/json }, bearer_token_file: {{_folder.Write("token", "hunter2")}} }""");
        var (target, headers) = _server.Requests.Single();
        Assert.Equal(("/t?x=1", "north", "text/json", "Bearer hunter2"), (target, headers["X-Site"], headers["Accept"], headers["Authorization"]));
    }

    [Theory]
    [InlineData("""{"targets":[]}""", "it is not a list of groups")]
    [InlineData("""[["app1"]]""", "it is not a map, in group 0")]
    [InlineData("""[{"targets":[]},{"target":["app1"]}]""", "the key 'target' is unknown, in group 1")]
    [InlineData("""[{"labels":{}}]""", "'targets' is not a list")]
    [InlineData("""[{"targets":[7]}]""", "a target is not text")]
    [InlineData("""[{"targets":["https://app1/"]}]""", "the target 'https://app1/' is not host:port")]
    [InlineData("""[{"targets":["app1:x"]}]""", "the port 'x'")]
    [InlineData("""[{"targets":["app1"],"labels":{"a":[]}}]""", "the label 'a' is not a single value")]
    [InlineData("<html>Log in</html>", "what is not JSON (line 1, byte 1): <html>Log in</html>")]
    public async Task What_is_not_in_prometheus_form_is_an_error(string reply, string message)
    {
        _server.Say(reply);
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(_server.Url));
        Assert.StartsWith($"GET {_server.Url}/ ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing.here", "'nothing.here' selects nothing")]
    [InlineData("hosts[0]", "something else than a list")]
    [InlineData("hosts", "entry 0 of the nodes: there is neither 'name' nor 'address', but 'env', 'fqdn'")]
    [InlineData("hosts[].env.length(@)", "this is neither text nor an object")]
    [InlineData("hosts[].{name: tags}", "'name' is not text")]
    [InlineData("hosts[].{name: fqdn, port: fqdn}", "'port' is not a number")]
    [InlineData("sum(hosts)", "cannot be applied to it")]
    public async Task What_the_expression_cannot_find_is_an_error(string nodes, string message)
    {
        _server.Say(Hosts);
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync($$"""{ url: "{{_server.Url}}", nodes: "{{nodes}}" }"""));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ url: 'ftp://cmdb.example' }", "nodes.url", "is not a URL")]
    [InlineData("https://user:pass@cmdb.example", "nodes", "contains a user or password")]
    [InlineData("{ url: 'http://a', nodes: 'hosts[?' }", "nodes.nodes", "is not a JMESPath expression")]
    [InlineData("{ url: 'http://a', nodes: '@', fields: { name: 'a b' } }", "nodes.fields", "name: 'a b' is not a JMESPath expression")]
    [InlineData("{ url: 'http://a', nodes: '@', fields: { user: a } }", "nodes.fields", "neither name nor address")]
    [InlineData("{ url: 'http://a', fields: { name: a } }", "nodes.fields", "without nodes")]
    [InlineData("{ url: 'http://a', headers: { authorization: 'Bearer x' } }", "nodes.headers", "bearer_token_file")]
    [InlineData("{ url: 'http://a', headers: { 'a b': x } }", "nodes.headers", "not a header")]
    [InlineData("{ url: 'http://a', headers: { Content-Type: x } }", "nodes.headers", "not a header")]
    [InlineData("{ url: 'http://a', bearer_token_file: /a, basic_auth: { username: a, password_file: /b } }", "nodes.basic_auth", "keep one")]
    [InlineData("{ url: 'http://a', basic_auth: { username: 'a:b', password_file: /b } }", "nodes.basic_auth.username", "colon")]
    [InlineData("{ url: 'http://a', key_file: /a }", "nodes.key_file", "cert_file")]
    public void A_bad_query_is_refused_when_it_is_applied(string yaml, string field, string message)
    {
        var error = Assert.Single(FindErrors(yaml));
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_is_bounded_so_that_running_it_is()
    {
        Assert.Contains("1000 characters", PathExpression.FindProblem(new string('!', 1000) + "a"), StringComparison.Ordinal);
        _server.Say("""["app1"]""");
        foreach (var deep in new[] { new string('(', 498) + "@" + new string(')', 498), string.Concat(Enumerable.Repeat("@|", 499)) + "@", new string('!', 998) + "@" })
        {
            var error = await Record.ExceptionAsync(() => FindAsync($$"""{ url: "{{_server.Url}}", nodes: "{{deep}}" }"""));
            Assert.True(error is null or InventoryException, $"{deep} → {error}");
        }
    }

    [Fact]
    public void Whatever_comes_ends_in_nodes_or_in_an_inventory_error()
    {
        var fields = $$"""{ url: "{{_server.Url}}", nodes: "hosts[?env=='prod']", fields: { name: fqdn, address: "net[0].ip", port: ssh.port, labels: tags } }""";
        foreach (var (good, query) in new[] { (Groups, _server.Url), (Hosts, fields) })
        {
            var options = (HttpOptions)Bind(query);
            foreach (var reply in FuzzedJson.Truncated(good.Trim()))
            {
                Assert.Throws<InventoryException>(() => HttpInventory.Read(FuzzedJson.Reply(reply), options));
            }

            foreach (var reply in FuzzedJson.Changed(good))
            {
                var error = Record.Exception(() => HttpInventory.Read(FuzzedJson.Reply(reply), options));
                Assert.True(error is null or InventoryException { Message.Length: < 1000 }, $"{reply} → {error}");
            }
        }
    }

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(string yaml) =>
        (await Provider.FindAsync(Bind(yaml), new InventoryContext("billing", "production"), Token)).Nodes;
}
