using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory.Chef;

/// <summary>Against a real goiardi, which verifies every signature.</summary>
public sealed class ChefInventoryTests(ChefFixture chef) : InventoryProviderContract, IClassFixture<ChefFixture>
{
    protected override IInventoryProvider Provider => ChefFixture.Provider(chef.Server.Folder);

    protected override string TwoNodes => Document("role:billing AND chef_environment:prod");

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [InlineData("1.3")]
    public async Task Every_version_of_the_protocol_is_taken(string version) =>
        Assert.Equal(["app1", "app2", "app3"], (await FindAsync(Document("role:billing", $"sign: {version}"))).Select(node => node.Name));

    [Fact]
    public async Task A_node_is_read_with_address_and_labels()
    {
        var node = (await FindAsync(TwoNodes))[0];
        Assert.Equal(("app1", "app1.prod.example", null, null, null), (node.Name, node.Address, node.User, node.Port, node.Jump));
        Assert.Equal([new("chef_environment", "prod")], node.Labels);
    }

    [Fact]
    public async Task Attributes_are_chosen_by_paths()
    {
        var nodes = await FindAsync(Document("name:app1", "name: fqdn, address: cloud.public_ipv4, labels: { roles: run_list, cpus: cpu.total, none: no.such }"));
        var node = Assert.Single(nodes);
        Assert.Equal(("app1.prod.example", "203.0.113.1"), (node.Name, node.Address));
        Assert.Equal([new("cpus", "2"), new("roles", "role[billing]")], node.Labels.OrderBy(label => label.Key));
    }

    [Fact]
    public async Task A_node_without_the_address_is_an_error_that_names_it()
    {
        var error = await FailAsync(Document("chef_environment:prod"));
        Assert.Contains("'bare1' has no attribute fqdn", error.Message);
        Assert.Contains("'address'", error.Fix);
        Assert.Equal("10.0.0.9", Assert.Single(await FindAsync(Document("role:bare", "address: ipaddress"))).Address);
    }

    [Fact]
    public async Task An_attribute_that_is_a_map_is_no_address() =>
        Assert.Contains("cloud of the node 'app1' is a list or a map", (await FailAsync(Document("name:app1", "address: cloud"))).Message);

    [Fact]
    public async Task A_search_that_finds_nothing_is_no_error() => Assert.Empty(await FindAsync(Document("role:nobody")));

    [Fact]
    public async Task A_query_that_the_server_does_not_understand_is_said()
    {
        var error = await FailAsync(Document("role:billing AND ("));
        Assert.Contains("""does not understand the search: {"error":["\nparse error near""", error.Message);
    }

    [Theory]
    [InlineData("nobody", "admin", "does not know 'nobody' by its key")]
    [InlineData("admin", "chef-webui", "does not know 'admin' by its key")]
    [InlineData("chef-validator", "chef-validator", "does not let 'chef-validator' search for nodes: {")]
    public async Task Who_may_not_search_is_told_why(string client, string key, string message) =>
        Assert.Contains(message, (await FailAsync(Document("*:*", client: client, key: key))).Message);

    [Fact]
    public async Task A_path_that_is_no_organisation_is_said() =>
        Assert.Contains("what is not JSON", (await FailAsync(Document("*:*").Replace(chef.Server.Url, chef.Server.Url + "/organizations/acme"))).Message);

    [Fact]
    public async Task A_clock_that_is_off_is_said()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-40));
        var provider = ChefFixture.Provider(chef.Server.Folder, clock);
        var error = await Assert.ThrowsAsync<InventoryException>(() => provider.FindAsync(Bind(TwoNodes), new("billing", "production"), TestContext.Current.CancellationToken));
        Assert.Contains("40 minutes apart", error.Message);
        Assert.Contains("NTP", error.Fix);
    }

    [Fact]
    public async Task The_configuration_of_knife_is_enough()
    {
        using var folder = new TempFolder();
        File.Copy(chef.Server.AdminKey, folder["admin.pem"]);
        var knife = folder.Write("knife.rb", $$"""
            current_dir = File.dirname(__FILE__)
            log_location             STDOUT
            node_name                "admin"
            client_key               "#{current_dir}/admin.pem"
            chef_server_url          "{{chef.Server.Url}}"
            cookbook_path            ["#{current_dir}/../cookbooks"]
            """);
        var credentials = folder.Write("credentials", $"""
            [default]
            chef_server_url = 'http://127.0.0.1:1'
            [acme]
            client_name     = 'admin'
            client_key      = 'admin.pem'
            chef_server_url = '{chef.Server.Url}/'
            """);
        var provider = ChefFixture.Provider(folder.Root);
        foreach (var config in new[] { $"config: {knife}", $"config: {credentials}, profile: acme" })
        {
            var found = await provider.FindAsync(Bind($"{{ query: 'role:billing', {config} }}"), new("billing", "production"), TestContext.Current.CancellationToken);
            Assert.Equal(3, found.Nodes.Count);
        }
    }

    private string Document(string query, string more = "", string client = "admin", string key = "admin") =>
        $"{{ query: '{query}', url: '{chef.Server.Url}', client_name: {client}, client_key_file: {chef.Server.KeyOf(key)}{(more.Length > 0 ? ", " + more : "")} }}";

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(string yaml) =>
        (await Provider.FindAsync(Bind(yaml), new InventoryContext("billing", "production"), TestContext.Current.CancellationToken)).Nodes;

    private Task<InventoryException> FailAsync(string yaml) => Assert.ThrowsAsync<InventoryException>(() => FindAsync(yaml));
}
