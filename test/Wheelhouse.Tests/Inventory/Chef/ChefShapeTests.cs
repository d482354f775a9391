using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Tests.Inventory.Asking;

namespace Wheelhouse.Tests.Inventory.Chef;

/// <summary>
/// Against a server that answers in the shape of the Chef Infra Server API, where goiardi differs: several pages, a stale index, an organisation. And in others.
/// </summary>
public sealed class ChefShapeTests : IAsyncLifetime
{
    private const string Good =
        """{"total":2,"start":0,"rows":[{"url":"https://x/nodes/b","data":{"node":"b","name":"b","address":"b.example","label.roles":["x","y"]}},{"url":"u","data":{"node":"a","name":"a","address":"2001:db8::1","label.roles":null}}]}""";

    private readonly TempFolder _folder = new("wh-chef");
    private SourceServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(2048);
        _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        _server = await SourceServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_organisation_is_asked_as_Chef_documents()
    {
        string? body = null;
        _server.Answer = async http =>
        {
            body = await new StreamReader(http.Request.Body).ReadToEndAsync(Token);
            await http.Response.WriteAsync(Good, Token);
        };
        var nodes = await FindAsync(Token);
        Assert.Equal([("a", "2001:db8::1"), ("b", "b.example")], nodes.Select(node => (node.Name, node.Address)));
        Assert.Equal([new("roles", "x,y")], nodes[1].Labels);
        Assert.Empty(nodes[0].Labels);
        var (target, headers) = Assert.Single(_server.Requests);
        Assert.Equal("/organizations/acme/search/node?q=role%3Abilling%20AND%20tags%3A%22a%26b%22&start=0&rows=1000", target);
        Assert.Equal("""{"label.roles":["roles"],"node":["name"],"name":["name"],"address":["fqdn"]}""", body);
        Assert.Equal(("application/json", "application/json", "1", "algorithm=sha256;version=1.3;"),
            (headers["Content-Type"], headers["Accept"], headers["X-Ops-Server-API-Version"], headers["X-Ops-Sign"]));
    }

    [Theory]
    [InlineData(999, 1)]
    [InlineData(1000, 2)]
    [InlineData(2500, 3)]
    public async Task All_pages_are_read(int total, int requests)
    {
        Serve(start => Page(total, start, total));
        var nodes = await FindAsync(Token);
        Assert.Equal(Enumerable.Range(0, total).Select(i => $"n{i:0000}"), nodes.Select(node => node.Name));
        Assert.Equal(requests, _server.Requests.Count);
    }

    [Fact]
    public async Task A_total_that_changes_between_pages_is_an_error()
    {
        Serve(start => Page(start == 0 ? 1500 : 1501, start, 1501));
        await AssertTornAsync("it said first 1500 nodes and then 1501");
    }

    /// <summary>As goiardi, whose total is the number of nodes on the page.</summary>
    [Fact]
    public async Task A_total_of_the_page_alone_never_looks_like_all()
    {
        Serve(start => Page(Math.Min(1000, 1500 - start), start, 1500));
        await AssertTornAsync("it said first 1000 nodes and then 500");
    }

    [Fact]
    public async Task A_node_that_comes_on_two_pages_is_an_error()
    {
        Serve(start => Page(1500, start == 0 ? 0 : start - 1, 1500));
        await AssertTornAsync("the node 'n0999' came twice");
    }

    [Fact]
    public async Task Nodes_that_the_index_names_and_the_server_does_not_have_are_an_error()
    {
        Serve(_ => Page(3, 0, 2));
        await AssertTornAsync("it said 3 nodes and sent 2");
        _server.Say("""{"total":1,"rows":[null]}""");
        await AssertTornAsync("it said 1 nodes and sent 0");
    }

    [Theory]
    [InlineData(200, "<html>Sign in</html>", "answered with what is not JSON")]
    [InlineData(200, "", "answered with what is not JSON")]
    [InlineData(200, "{}", "another shape than Chef's")]
    [InlineData(204, "", "answered with status 204")]
    [InlineData(401, """{"error":["Invalid signature for user or client 'wheelhouse'"]}""", "does not know 'wheelhouse' by its key: {\"error\":[\"Invalid signature")]
    [InlineData(403, """{"error":["missing read permission"]}""", "does not let 'wheelhouse' search for nodes: {\"error\":[\"missing")]
    [InlineData(404, """{"error":["organization 'acme' does not exist."]}""", "knows no such organisation: {\"error\":[\"organization 'acme'")]
    [InlineData(406, """{"error":"invalid-x-ops-server-api-version"}""", "does not speak version 1 of Chef's API")]
    [InlineData(400, """{"error":["invalid search query: 'x'"]}""", "does not understand the search: {\"error\":[\"invalid search")]
    [InlineData(302, "", "redirects to https://chef.example/login, but a signature is good for one address")]
    [InlineData(502, "Bad Gateway", "answered with status 502: Bad Gateway")]
    public async Task What_is_no_answer_is_said(int status, string body, string message)
    {
        _server.Answer = http =>
        {
            http.Response.StatusCode = status;
            if (status == 302) http.Response.Headers.Location = "https://chef.example/login";
            return status == 204 ? Task.CompletedTask : http.Response.WriteAsync(body);
        };
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(Token));
        Assert.StartsWith($"POST {_server.Url}/organizations/acme/search/node?", error.Message);
        Assert.Contains(message, error.Message);
        Assert.NotNull(error.Fix);
    }

    [Fact]
    public async Task A_server_that_is_down_is_said()
    {
        Assert.Contains("failed:", (await Assert.ThrowsAsync<InventoryException>(() => FindAsync(Token, $"http://127.0.0.1:{FreePort.Take()}"))).Message);
    }

    [Fact]
    public async Task A_search_ends_with_its_token()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _server.Answer = async http =>
        {
            await patience.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FindAsync(patience.Token));
    }

    [Fact]
    public async Task Whatever_comes_is_nodes_or_an_error()
    {
        foreach (var reply in FuzzedJson.Truncated(Good).Concat(FuzzedJson.Changed(Good)))
        {
            _server.Say(reply);
            IReadOnlyList<InventoryNode> nodes;
            try
            {
                nodes = await FindAsync(Token);
            }
            catch (InventoryException error)
            {
                Assert.DoesNotContain(error.Message, char.IsControl);
                Assert.True(error.Message.Length < 2000, error.Message);
                continue;
            }

            Assert.Equal(2, nodes.Count);
        }
    }

    private static string Page(int total, int start, int all) => JsonSerializer.Serialize(new
    {
        total,
        start,
        rows = Enumerable.Range(start, Math.Clamp(all - start, 0, 1000)).Reverse().Select(i => new
        {
            url = $"https://chef.example/organizations/acme/nodes/n{i:0000}",
            data = new { node = $"n{i:0000}", name = $"n{i:0000}", address = $"n{i:0000}.example" },
        }),
    });

    private void Serve(Func<int, string> page) =>
        _server.Answer = http => http.Response.WriteAsync(page(int.Parse(http.Request.Query["start"]!, CultureInfo.InvariantCulture)));

    private async Task AssertTornAsync(string what)
    {
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(Token));
        Assert.Equal($"The search does not give one whole answer: {what}.", error.Message);
        Assert.Contains("try again", error.Fix);
    }

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(CancellationToken token, string? url = null)
    {
        var options = ChefFixture.Bind($$"""
            { query: 'role:billing AND tags:"a&b"', url: '{{url ?? _server.Url}}/organizations/acme', client_name: wheelhouse, client_key_file: {{_folder["key.pem"]}}, labels: { roles: roles } }
            """);
        return (await ChefFixture.Provider(_folder.Root).FindAsync(options, new("billing", "production"), token)).Nodes;
    }
}
