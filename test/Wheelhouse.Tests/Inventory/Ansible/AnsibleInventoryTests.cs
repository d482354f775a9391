using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Ansible;

namespace Wheelhouse.Tests.Inventory.Ansible;

/// <summary>Against the real Ansible.</summary>
public sealed class AnsibleInventoryTests : InventoryProviderContract, IDisposable
{
    private const string Hosts = """
        [web]
        app2 ansible_host=10.0.0.2 zone=b
        app1 ansible_host=10.0.0.1 ansible_port=2222 zone=a rack=7 tags='["x",2]'
        app10

        [prod]
        app1
        db1 ansible_user=dba ansible_host=2001:db8::7

        [web:vars]
        ansible_user=deploy
        ansible_password=hidden

        [europe:children]
        prod

        """;

    private readonly TempFolder _folder = new("wh-ans");

    public AnsibleInventoryTests()
    {
        _folder.Write("hosts.ini", Hosts);
        _folder.Write("two.ini", "app1\napp2\n");
        Provider = new AnsibleInventory(new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] }));
    }

    protected override IInventoryProvider Provider { get; }

    protected override string TwoNodes => $"[{_folder["two.ini"]}]";

    [Theory]
    [InlineData("all", "app2,app1,app10,db1")]
    [InlineData("web:&prod", "app1")]
    [InlineData("web:!app2", "app1,app10")]
    [InlineData("app1*", "app1,app10")]
    [InlineData("web[0:1]", "app2,app1")]
    [InlineData("~app[12]$", "app2,app1")]
    [InlineData("db1:web:&prod", "db1,app1")]
    [InlineData("europe", "app1,db1")]
    [InlineData("!web", "db1")]
    [InlineData("app10,app2", "app10,app2")]
    public async Task Patterns_mean_what_they_mean_to_ansible(string pattern, string names) =>
        Assert.Equal(names, string.Join(',', (await FindAsync("hosts.ini", $"hosts: '{pattern}'")).Select(node => node.Name)));

    [Fact]
    public async Task Variables_become_the_way_to_the_node_and_its_labels()
    {
        var nodes = (await FindAsync("hosts.ini", "labels: { zone: zone, rack_number: rack, tags: tags }")).ToDictionary(node => node.Name);
        Assert.Equal(("10.0.0.1", "deploy", 2222), (nodes["app1"].Address, nodes["app1"].User, nodes["app1"].Port));
        Assert.Equal("groups=europe,prod,web rack_number=7 tags=x,2 zone=a", string.Join(' ', nodes["app1"].Labels.Select(label => $"{label.Key}={label.Value}").Order()));
        Assert.Equal(("app10", "deploy", null), (nodes["app10"].Address, nodes["app10"].User, nodes["app10"].Port));
        Assert.Equal("groups", Assert.Single(nodes["app10"].Labels).Key);
        Assert.Equal(("2001:db8::7", "dba"), (nodes["db1"].Address, nodes["db1"].User));
    }

    [Theory]
    [InlineData("web:nope", "Could not match supplied host pattern, ignoring: nope")]
    [InlineData("web:!nope", "Could not match supplied host pattern, ignoring: nope")]
    [InlineData("web[7]", "No hosts matched the subscripted pattern 'web[7]'")]
    [InlineData("app10:&prod", "no hosts to target")]
    [InlineData("~(", "Invalid host list pattern: ~(")]
    [InlineData("localhost", "implicit localhost")]
    [InlineData("--version", "--version")]
    public Task A_pattern_that_means_less_than_it_says_is_an_error(string pattern, string message) =>
        AssertFailsAsync("hosts.ini", $"hosts: '{pattern}'", message);

    [Fact]
    public async Task A_directory_is_all_its_files_and_the_variables_beside_them()
    {
        _folder.Write("all/1.yml", "all: { children: { web: { hosts: { b1: {}, a1: { ansible_host: 10.0.0.9 } } } } }");
        _folder.Write("all/2", "[db]\nc1\n");
        _folder.Write("all/group_vars/web.yml", "ansible_user: deploy");
        var nodes = await FindAsync("all", "");
        Assert.Equal(["b1", "a1", "c1"], nodes.Select(node => node.Name));
        Assert.Equal(["deploy", "deploy", null], nodes.Select(node => node.User));
    }

    [Fact]
    public async Task Several_inventories_are_one()
    {
        _folder.Write("more.ini", "x1\n");
        var nodes = await FindAsync($"{{ inventory: [{_folder["two.ini"]}, {_folder["more.ini"]}] }}");
        Assert.Equal(["app1", "app2", "x1"], nodes.Select(node => node.Name));
    }

    [Fact]
    public async Task A_script_and_a_plugin_answer_too()
    {
        _folder.WriteScript("dynamic", """printf '{"web": {"hosts": ["d2", "d1"]}, "_meta": {"hostvars": {"d1": {"ansible_host": "10.1.1.1"}}}}'""");
        var nodes = await FindAsync("dynamic", "hosts: web");
        Assert.Equal([("d2", "d2"), ("d1", "10.1.1.1")], nodes.Select(node => (node.Name, node.Address)));

        _folder.Write("generated.yml", "plugin: ansible.builtin.generator\nhosts: { name: '{{ n }}.web' }\nlayers: { n: [g1, g2] }\n");
        Assert.Equal(["g1.web", "g2.web"], (await FindAsync("generated.yml", "")).Select(node => node.Name));
    }

    [Theory]
    [InlineData("half/2", "[web\n", "Failed to parse")]
    [InlineData("half/2", "app9 password secret-in-a-line\n", "Expected key=value")]
    [InlineData("half/2.yml", "all:\n  hosts:\n    a: { ansible_password: secret-in-a-line, b: [1,2}\n", "Failed to parse")]
    [InlineData("half/2.yml", "plugin: no.such.plugin\n", "Failed to parse")]
    public async Task A_half_broken_inventory_is_no_inventory(string path, string text, string message)
    {
        _folder.Write("half/1", "[web]\napp1\n");
        _folder.Write(path, text);
        var error = await AssertFailsAsync("half", "", message);
        Assert.Contains("ansible-inventory exited with", error.Message);
        Assert.DoesNotContain("secret-in-a-line", error.Message);
    }

    [Theory]
    [InlineData("echo boom >&2; exit 3", "execution error")]
    [InlineData("printf '{\"web\": '", "failed to parse executable inventory script results")]
    public async Task A_script_that_fails_is_an_error(string script, string message)
    {
        _folder.WriteScript("failing", script);
        await AssertFailsAsync("failing", "", message);
    }

    [Fact]
    public async Task An_inventory_of_nobody_has_no_nodes()
    {
        _folder.WriteScript("nobody", "echo '{}'");
        Assert.Empty(await FindAsync("nobody", ""));
    }

    [Theory]
    [InlineData("ansible_connection=local", "ansible_connection of the host 'h1' is 'local'")]
    [InlineData("ansible_connection=winrm", "'winrm'")]
    [InlineData("ansible_host='{{ inventory_hostname }}.internal'", "ansible_host of the host 'h1' is a template")]
    [InlineData("ansible_port=0", "is not a port")]
    [InlineData("ansible_port='[22]'", "is a list or a map")]
    [InlineData("ansible_ssh_private_key_file=id_ed25519", "relative path 'id_ed25519'")]
    [InlineData("ansible_ssh_private_key_file=/etc/passwd", "does not lie in")]
    [InlineData("ansible_ssh_private_key_file=~/no-such-key", "does not exist")]
    [InlineData("ansible_ssh_common_args='-o ProxyCommand=\"ssh -W %h:%p bastion\"'", "has a ProxyCommand")]
    [InlineData("zone='{{ other }}'", "zone of the host 'h1' is a template")]
    public async Task A_variable_that_cannot_be_honoured_is_named(string variable, string message)
    {
        _folder.Write("one.ini", $"h1 {variable}\n");
        await AssertFailsAsync("one.ini", "labels: { zone: zone }", message);
    }

    [Fact]
    public async Task Keys_and_jump_hosts_are_honoured()
    {
        var key = _folder.Write("key", "");
        _folder.Write("one.ini", $"h1 ansible_ssh_private_key_file={key} ansible_ssh_common_args='-C -o ProxyJump=me@bastion:2222'\n");
        var node = Assert.Single(await FindAsync("one.ini", ""));
        Assert.Equal((key, "me@bastion:2222"), (node.IdentityFile, node.Jump));
        Assert.Null(node.FindProblem());
    }

    [Fact]
    public async Task A_vault_is_opened_with_its_password()
    {
        var password = _folder.Write("password", "sesame\n");
        _folder.Write("vault/hosts", "[web]\nv1\n");
        var secret = _folder.Write("vault/group_vars/web.yml", "ansible_user: deploy\n");
        await ChildProcess.CheckAsync("ansible-vault", ["encrypt", "--vault-password-file", password, secret], TestContext.Current.CancellationToken);
        await AssertFailsAsync("vault/hosts", "", "no vault secrets found");
        Assert.Equal("deploy", Assert.Single(await FindAsync("vault/hosts", $"vault_password_file: {password}")).User);

        var inline = await ChildProcess.CheckAsync(
            "ansible-vault", ["encrypt_string", "--vault-password-file", password, "--name", "ansible_user", "x"], TestContext.Current.CancellationToken);
        _folder.Write("vault/host_vars/v1.yml", inline + "\n");
        await AssertFailsAsync("vault/hosts", $"vault_password_file: {password}", "encrypted by itself");
    }

    [Fact]
    public async Task Only_the_named_configuration_counts()
    {
        var config = _folder.Write("ansible.cfg", "[defaults]\nhost_pattern_mismatch = ignore\n[inventory]\nenable_plugins = yaml\n");
        await AssertFailsAsync("two.ini", $"config: {config}", "two.ini");
        Assert.Equal(2, (await FindAsync("two.ini", "")).Count);
    }

    [Fact]
    public async Task Only_allowed_paths_are_used()
    {
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync("{ inventory: [/etc/passwd] }"));
        Assert.Contains("inventory.paths", error.Fix);
    }

    [Theory]
    [InlineData("[]", "is empty")]
    [InlineData("[hosts.ini]", "not absolute")]
    [InlineData("['/etc/wheelhouse/a,b']", "a comma")]
    [InlineData("{ inventory: [/a], hosts: '@/etc/shadow' }", "'@'")]
    [InlineData("{ inventory: [/a], hosts: '' }", "not be empty")]
    [InlineData("{ inventory: [/a], labels: { groups: g } }", "already")]
    [InlineData("{ inventory: [/a], config: b }", "not absolute")]
    public void A_query_that_means_something_else_is_refused(string yaml, string message) =>
        Assert.Contains(message, Assert.Single(FindErrors(yaml)).Message);

    public void Dispose() => _folder.Dispose();

    private Task<IReadOnlyList<InventoryNode>> FindAsync(string path, string more) => FindAsync($"{{ inventory: [{_folder[path]}], {more} }}");

    private async Task<IReadOnlyList<InventoryNode>> FindAsync(string yaml) =>
        (await Provider.FindAsync(Bind(yaml), new InventoryContext("billing", "production"), TestContext.Current.CancellationToken)).Nodes;

    private async Task<InventoryException> AssertFailsAsync(string path, string more, string message)
    {
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(path, more));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return error;
    }
}
