using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Nodes.HostKeys;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Nodes.HostKeys;

public sealed class HostKeyServiceTests : IAsyncLifetime
{
    private SshLab _lab = null!;
    private WebApplication _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HostKeyService Keys => _server.Services.GetRequiredService<HostKeyService>();

    public async ValueTask InitializeAsync()
    {
        _lab = await SshLab.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(TimeProvider.System).AddStorage(_lab.Data).AddEvents().AddNodes().AddSingleton<AuditLog>();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        await _server.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        Assert.Empty(_lab.Clients());
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_new_key_is_shown_trusted_and_audited()
    {
        var sshd = await _lab.StartNodeAsync(trusted: false);
        var environment = Environment(SshLab.Node(sshd));
        var shown = Assert.Single(await Keys.ListAsync(environment, Token));
        Assert.Equal(("new", "ssh-ed25519", sshd.KnownHostsLine), (shown.Status, shown.Algorithm, shown.KnownHostsLine));
        Assert.StartsWith("SHA256:", shown.Fingerprint, StringComparison.Ordinal);
        Assert.Empty(await File.ReadAllTextAsync(_lab.Files.KnownHosts, Token));

        await Keys.TrustAsync(environment, [shown.Fingerprint], "alice", Token);
        Assert.Equal("trusted", await StatusAsync(environment));
        var audited = Assert.Single(await _server.Services.GetRequiredService<AuditLog>().ReadAsync(after: 0, limit: 10, Token));
        Assert.Equal(("alice", "host_key.trusted", "billing/production/app1"), (audited.By, audited.Action, audited.Subject));
        Assert.Contains(shown.Fingerprint, audited.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_key_replaces_the_old_one_when_trusted()
    {
        var sshd = await _lab.StartNodeAsync();
        await File.AppendAllTextAsync(_lab.Files.KnownHosts, "# kept\nother ssh-ed25519 AAAA\n", Token);
        await sshd.StopAsync();
        await sshd.ChangeHostKeyAsync();
        await sshd.StartAgainAsync();
        var environment = Environment(SshLab.Node(sshd));
        var shown = Assert.Single(await Keys.ListAsync(environment, Token));
        Assert.Equal("changed", shown.Status);

        await Keys.TrustAsync(environment, [shown.Fingerprint], "alice", Token);
        Assert.Equal("trusted", await StatusAsync(environment));
        Assert.Equal(["# kept", "other ssh-ed25519 AAAA", sshd.KnownHostsLine], await File.ReadAllLinesAsync(_lab.Files.KnownHosts, Token));
    }

    [Fact]
    public async Task A_fingerprint_that_no_node_shows_trusts_nothing()
    {
        var environment = Environment(SshLab.Node(await _lab.StartNodeAsync(trusted: false)));
        var shown = Assert.Single(await Keys.ListAsync(environment, Token));
        var refusal = await Assert.ThrowsAsync<ApiException>(() => Keys.TrustAsync(environment, [shown.Fingerprint, "SHA256:other"], "alice", Token));
        Assert.Contains("SHA256:other", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("new", await StatusAsync(environment));
    }

    [Fact]
    public async Task A_node_out_of_reach_has_an_error_and_no_key()
    {
        var shown = Assert.Single(await Keys.ListAsync(Environment(SshLab.Node(FreePort.Take())), Token));
        Assert.Equal(("unknown", ""), (shown.Status, shown.Fingerprint));
        Assert.Contains("refused the connection", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jump_hosts_are_listed_before_the_nodes_behind_them()
    {
        var jump = await _lab.StartNodeAsync(trusted: false);
        var node = SshLab.Node(await _lab.StartNodeAsync(trusted: false)) with { Jump = $"{System.Environment.UserName}@127.0.0.1:{jump.Port}" };
        var environment = Environment(node);
        var first = await Keys.ListAsync(environment, Token);
        Assert.Equal([(node.Jump, "new"), ("app1", "unknown")], first.Select(key => (key.Node, key.Status)));

        await Keys.TrustAsync(environment, [first[0].Fingerprint], "alice", Token);
        var second = await Keys.ListAsync(environment, Token);
        Assert.Equal([(node.Jump, "trusted"), ("app1", "new")], second.Select(key => (key.Node, key.Status)));
    }

    [Theory]
    [InlineData("jump", "jump", null, null)]
    [InlineData("ops@jump:2222", "jump", "ops", 2222)]
    [InlineData("[fe80::1]:2222", "fe80::1", null, 2222)]
    [InlineData("fe80::1", "fe80::1", null, null)]
    public void A_jump_host_is_read_as_ssh_reads_it(string jump, string address, string? user, int? port)
    {
        var hop = Assert.Single(JumpHosts.Of([SshLab.Node(22, jump: jump)]));
        Assert.Equal((address, user, port), (hop.Address, hop.User, hop.Port));
    }

    [Fact]
    public void Each_jump_host_is_reached_through_those_before_it() =>
        Assert.Equal([("a", null), ("b", "a"), ("c", "a,b")], JumpHosts.Of([SshLab.Node(22, jump: "a,b,c"), SshLab.Node(22, jump: "a")]).Select(hop => (hop.Address, hop.Jump)));

    private static EnvironmentNodes Environment(params InventoryNode[] nodes) =>
        new(new NodeHome("billing", "production", "/srv/billing", User: null), nodes, () => "{}");

    private async Task<string> StatusAsync(EnvironmentNodes environment) => Assert.Single(await Keys.ListAsync(environment, Token)).Status;
}
