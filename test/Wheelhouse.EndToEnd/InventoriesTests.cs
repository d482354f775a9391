using System.Globalization;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>The same service on nodes that are found wherever they are written down, each inventory with its real peer.</summary>
public sealed class InventoriesTests
{
    private const string Search = "query: \"role:hello AND chef_environment:prod\", address: ipaddress";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_a_signed_search_of_Chef_finds_are_deployed_to()
    {
        await using var fleet = await Fleet.StartApartAsync(3, Token);
        await using var chef = await StartChefAsync(fleet, staging: fleet[2]);
        fleet.Folder.Write("chef/credentials", $"""
            [default]
            client_name = "admin"
            client_key = "{chef.AdminKey}"
            chef_server_url = "{chef.Url}"

            """);
        await using var lab = await StartAsync(
            fleet, $"{{ chef: {{ {Search}, config: {fleet.Folder["chef/credentials"]} }}, port: {fleet[0].Port} }}", allowed: chef.Folder);

        await AssertShownAsync(lab, "production  2 nodes  (chef: 2 in ", $"app1  {fleet[0].Address}:{fleet[0].Port}", "chef_environment=prod");
        await AssertTurnsAsync(lab, nodes: 2);

        await chef.StopAsync();
        await AssertNothingBeginsAsync(lab, nodes: 2, $"chef: POST {chef.Url}/", "Connection refused", "see why the source does not answer");
    }

    [Fact]
    public async Task Hosts_of_an_Ansible_pattern_are_deployed_to_with_the_login_that_their_inventory_names()
    {
        await using var fleet = await Fleet.StartApartAsync(3, Token);
        WriteHosts(fleet, login: "");
        await using var lab = await StartAsync(
            fleet, $$"""{ ansible: { inventory: [{{fleet.Folder["hosts"]}}], hosts: "web:&prod" }, user: nobody, port: 1 }""", server => server.UseKey(null));
        var refused = await lab.DeployAsync("1.0.0", Token);
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("refused the login", refused.Output + refused.Errors, StringComparison.Ordinal);

        WriteHosts(fleet, login: $"ansible_ssh_private_key_file={fleet.Key}");
        await AssertShownAsync(
            lab, "production  2 nodes  (ansible: 2 in ", $"app1  {fleet[0].Address}:{fleet[0].Port}", $"{Environment.UserName} with {fleet.Key}", "groups=prod,web");
        await AssertTurnsAsync(lab, nodes: 2);

        fleet.Folder.Write("hosts", "[web\napp1\n");
        await AssertNothingBeginsAsync(lab, nodes: 2, "ansible: ansible-inventory exited with 1", fleet.Folder["hosts"], "Try the same on the server with ansible-inventory");
    }

    [Fact]
    public async Task Targets_of_SRV_records_are_deployed_to_in_their_order()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give the server a resolver of its own.");
        await using var fleet = await Fleet.StartApartAsync(2, Token);
        await using var dns = await TestDns.StartAsync(
            [
                $"srv-host=_ssh._tcp.hello.test,app1.test,{fleet[0].Port},20,0", $"srv-host=_ssh._tcp.hello.test,app2.test,{fleet[1].Port},10,0",
                $"host-record=app1.test,{fleet[0].Address}", $"host-record=app2.test,{fleet[1].Address}",
            ],
            Token, NetworkOf(fleet) + ".53", at: 53);
        await using var lab = await StartAsync(
            fleet, "{ dns: { names: [_ssh._tcp.hello.test], use_port: true } }", server => server.ResolveBy(fleet.Folder.Write("resolv.conf", $"nameserver {dns.Address}\n")));

        await AssertShownAsync(lab, "production  2 nodes  (dns: 2 in ", $"app2.test  app2.test:{fleet[1].Port}", "priority=10");
        await AssertTurnsAsync(lab, nodes: 2);
        Assert.Equal(["app2.test", "app1.test"], (await lab.LastRolloutAsync(Token)).Nodes.Select(node => node.Name));

        await dns.StopAsync();
        await AssertNothingBeginsAsync(lab, nodes: 2, $"dns: SRV of _ssh._tcp.hello.test, asked of {dns.Server}: no answer came in time", "(dig)");
    }

    [Fact]
    public async Task Inventories_of_several_kinds_are_combined()
    {
        await using var fleet = await Fleet.StartApartAsync(4, Token);
        await using var chef = await StartChefAsync(fleet, staging: fleet[2]);
        var search = $"chef: {{ {Search}, url: \"{chef.Url}\", client_name: admin, client_key_file: {chef.AdminKey} }}";
        var nodes = $$"""
            { union: [ { difference: [ { {{search}} }, { static: [app4] } ] }, { static: [{ name: app3, address: {{fleet[2].Address}} }], labels: { by: hand } } ], port: {{fleet[0].Port}} }
            """;
        await using var lab = await StartAsync(fleet, nodes, allowed: chef.Folder);

        await AssertShownAsync(lab, "production  3 nodes  (chef: 3 in ", " ms, static: 1 in ", $"app3  {fleet[2].Address}:{fleet[2].Port}", "by=hand");
        await AssertTurnsAsync(lab, nodes: 3);

        await chef.StopAsync();
        await AssertNothingBeginsAsync(lab, nodes: 3, $"chef: POST {chef.Url}/", "Connection refused");
    }

    /// <summary>Starts a Chef server that knows all nodes, in production but for one.</summary>
    private static async Task<GoiardiServer> StartChefAsync(Fleet fleet, TestNode staging)
    {
        var chef = await GoiardiServer.StartAsync(Token);
        await chef.AddEnvironmentAsync("prod", Token);
        await chef.AddEnvironmentAsync("staging", Token);
        await chef.AddRoleAsync("hello", Token);
        foreach (var environment in fleet.Nodes.GroupBy(node => node == staging ? "staging" : "prod"))
            await chef.AddNodesAsync("hello", environment.Key, Token, environment.Select(node => (node.Name, (object)new { ipaddress = node.Address })));
        return chef;
    }

    /// <summary>Writes an inventory of all nodes, the last one outside of production.</summary>
    private static void WriteHosts(Fleet fleet, string login) => fleet.Folder.Write("hosts", $"""
        [web]
        {string.Join('\n', fleet.Nodes.Select(node => $"{node.Name} ansible_host={node.Address}"))}
        [prod]
        {string.Join('\n', fleet.Nodes.SkipLast(1).Select(node => node.Name))}
        [prod:vars]
        ansible_user={Environment.UserName}
        ansible_port={fleet[0].Port.ToString(CultureInfo.InvariantCulture)}
        {login}

        """);

    private static string NetworkOf(Fleet fleet) => fleet[0].Address[..fleet[0].Address.LastIndexOf('.')];

    private static Task<Lab> StartAsync(Fleet fleet, string nodes, Action<ServerProcess>? configure = null, string? allowed = null) => Lab.StartAsync(
        fleet,
        server =>
        {
            server.Environment["WHEELHOUSE_INVENTORY_PATHS"] = $"{fleet.Folder.Root},{allowed}";
            configure?.Invoke(server);
        },
        Token, new HelloService { Nodes = nodes }, "1.0.0", "1.1.0");

    private static async Task AssertShownAsync(Lab lab, params string[] words)
    {
        var shown = await lab.Cli.RunAsync(Token, "inventory", "test", lab.Service.Name, Lab.Environment);
        Assert.True(shown.ExitCode == 0, shown.Output + shown.Errors);
        AssertSays(shown, words);
    }

    /// <summary>Deploys twice and goes back, on the first nodes of the fleet and on no other.</summary>
    private static async Task AssertTurnsAsync(Lab lab, int nodes)
    {
        foreach (var version in new[] { "1.0.0", "1.1.0" })
        {
            var deployed = await lab.DeployAsync(version, Token);
            Assert.True(deployed.ExitCode == 0, $"{deployed.Output}\n{deployed.Errors}\n{lab.Server.Log}");
            Assert.Equal(Running(lab, nodes, version), await lab.Fleet.VersionsAsync(Token));
        }

        await lab.Cli.CheckAsync(Token, "revert", lab.Service.Name, Lab.Environment);
        Assert.Equal(Running(lab, nodes, "1.0.0"), await lab.Fleet.VersionsAsync(Token));
    }

    private static async Task AssertNothingBeginsAsync(Lab lab, int nodes, params string[] words)
    {
        var test = await lab.Cli.RunAsync(Token, "inventory", "test", lab.Service.Name);
        Assert.Equal(1, test.ExitCode);
        AssertSays(test, words);
        var deploy = await lab.DeployAsync("1.1.0", Token);
        Assert.Equal(5, deploy.ExitCode);
        AssertSays(deploy, words);
        Assert.Equal(Running(lab, nodes, "1.0.0"), await lab.Fleet.VersionsAsync(Token));
    }

    private static string Running(Lab lab, int nodes, string version) => string.Join(' ', lab.Fleet.Nodes.Select((_, i) => i < nodes ? version : "-"));

    private static void AssertSays(Finished finished, IEnumerable<string> words)
    {
        var text = finished.Output + "\n" + finished.Errors;
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }
}
