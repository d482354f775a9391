using System.Net;
using System.Net.Sockets;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;

namespace Wheelhouse.Tests.Nodes.OpenSsh;

public sealed class OpenSshConnectorTests : NodeConnectorContract, IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);
    private SshLab _lab = null!;

    protected override INodeConnector Connector => _lab.Connector;

    public async ValueTask InitializeAsync() => _lab = await SshLab.CreateAsync();

    public async ValueTask DisposeAsync() => await _lab.DisposeAsync();

    protected override async Task<InventoryNode> ReachableNodeAsync() => SshLab.Node(await _lab.StartNodeAsync());

    [Fact]
    public async Task An_unknown_host_key_is_refused()
    {
        var node = await _lab.StartNodeAsync(trusted: false);
        Assert.Equal(NodeConnectException.HostKeyUnknown, (await EndAsync(SshLab.Node(node))).Code);
    }

    [Fact]
    public async Task A_changed_host_key_is_refused()
    {
        var node = await _lab.StartNodeAsync();
        await node.StopAsync();
        await node.ChangeHostKeyAsync();
        await node.StartAgainAsync();
        Assert.Equal(NodeConnectException.HostKeyChanged, (await EndAsync(SshLab.Node(node))).Code);
    }

    [Fact]
    public async Task A_wrong_user_key_is_refused()
    {
        var node = await _lab.StartNodeAsync(publicKey: await TestSshd.MakeKeyAsync(Path.Combine(_lab.Data.Ssh, "id_other")));
        Assert.Equal(NodeConnectException.AuthFailed, (await EndAsync(SshLab.Node(node))).Code);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_says_so()
    {
        var node = SshLab.Node(22) with { Address = "no-such-host.invalid" };
        Assert.Equal(NodeConnectException.NameUnknown, (await EndAsync(node)).Code);
    }

    [Fact]
    public async Task An_address_that_never_answers_times_out()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var node = SshLab.Node(((IPEndPoint)silent.LocalEndpoint).Port);
        await using var connection = await _lab.Connector.StartAsync(node, ["true"], TimeSpan.FromSeconds(1), Token);
        Assert.Equal(NodeConnectException.TimedOut, (await connection.Ended.WaitAsync(Within, Token)).Code);
    }

    [Fact]
    public async Task A_missing_program_is_a_missing_python()
    {
        var node = await ReachableNodeAsync();
        await using var connection = await _lab.Connector.StartAsync(node, ["no-such-python3"], Within, Token);
        Assert.Equal(NodeConnectException.PythonMissing, (await connection.Ended.WaitAsync(Within, Token)).Code);
    }

    [Fact]
    public async Task An_error_in_the_operators_configuration_is_named()
    {
        await File.AppendAllTextAsync(Path.Combine(_lab.Data.Ssh, "config"), "NoSuchOption yes\n", Token);
        var reason = await EndAsync(SshLab.Node(22));
        Assert.Equal("ssh_config_invalid", reason.Code);
        Assert.Contains("line 3", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jump_host_is_used_and_its_host_key_verified_too()
    {
        var jump = await _lab.StartNodeAsync(trusted: false);
        var node = SshLab.Node(await _lab.StartNodeAsync()) with { Jump = $"{Environment.UserName}@127.0.0.1:{jump.Port}" };
        Assert.Equal(NodeConnectException.HostKeyUnknown, (await EndAsync(node)).Code);

        await _lab.TrustAsync(jump);
        await using var connection = await _lab.Connector.StartAsync(node, ["echo", "through"], Within, Token);
        Assert.Equal("through\n", await ReadToEndAsync(connection));
    }

    [Fact]
    public async Task Disposing_leaves_no_client_behind_not_even_a_jump_hosts()
    {
        var jump = await _lab.StartNodeAsync();
        var node = SshLab.Node(await _lab.StartNodeAsync()) with { Jump = $"{Environment.UserName}@127.0.0.1:{jump.Port}" };
        var connection = await _lab.Connector.StartAsync(node, ["sh", "-c", "echo up; exec sleep 600"], Within, Token);
        await connection.Output.ReadAsync(Token);
        Assert.Equal(2, _lab.Clients().Count);
        await connection.DisposeAsync();
        Assert.Empty(_lab.Clients());
    }

    [Fact]
    public async Task Settings_of_the_server_do_not_reach_the_client()
    {
        const string Name = "WHEELHOUSE_TEST_SECRET";
        Environment.SetEnvironmentVariable(Name, "s3cret");
        await File.AppendAllTextAsync(Path.Combine(_lab.Data.Ssh, "config"), "SendEnv WHEELHOUSE_*\n", Token);
        var node = SshLab.Node(await _lab.StartNodeAsync(configuration: "AcceptEnv WHEELHOUSE_*"));
        await using var connection = await _lab.Connector.StartAsync(node, ["env"], Within, Token);
        Assert.DoesNotContain(Name, await ReadToEndAsync(connection), StringComparison.Ordinal);
    }

    private async Task<NodeConnectException> EndAsync(InventoryNode node)
    {
        await using var connection = await _lab.Connector.StartAsync(node, ["true"], Within, Token);
        var reason = await connection.Ended.WaitAsync(Within, Token);
        Assert.NotNull(reason.Fix);
        return reason;
    }
}
