using System.Text.Json;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Tests.Nodes.Sessions;

public sealed class NodeSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);
    private static readonly NodeHome Home = new("billing", "production", "/srv/billing", User: null);
    private SshLab _lab = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await SshLab.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_lab.Clients());
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Requests_are_answered_each_with_its_own_answer()
    {
        await using var session = await OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => session.RequestAsync(Request("echo", new { n }), _ => { }, Token)));
        Assert.Equal(Enumerable.Range(0, 50), answers.Select(answer => answer.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task The_real_payload_says_hello_after_whatever_the_login_prints()
    {
        using var root = new TempFolder();
        var sshd = await _lab.StartNodeAsync(configuration: "Banner /etc/passwd\nForceCommand printf 'noise\\n\\nno line feed'; eval \"$SSH_ORIGINAL_COMMAND\"");
        using var factory = Factory(PayloadBundle.Embedded());
        await using var session = await factory.OpenAsync(SshLab.Node(sshd), Home with { Root = root["billing"] }, Within, Token);
        Assert.Equal(1, session.Hello.Protocol);
        Assert.StartsWith("3.", session.Hello.Python, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_the_node_keeps_its_code_message_and_fix()
    {
        await using var session = await OpenAsync();
        var error = await Assert.ThrowsAsync<NodeException>(() => session.RequestAsync(Request("fail"), _ => { }, Token));
        Assert.Equal(("disk_full", "make room"), (error.Code, error.Fix));
    }

    [Fact]
    public async Task Events_come_in_order_before_the_answer()
    {
        await using var session = await OpenAsync();
        List<string> lines = [];
        await session.RequestAsync(Request("noise", new { lines = 1000 }), progress => lines.Add(progress.Line.Trim()), Token);
        Assert.Equal(Enumerable.Range(0, 1000).Select(n => $"line {n}"), lines);
    }

    [Fact]
    public async Task A_cut_connection_ends_every_request()
    {
        var sshd = await _lab.StartNodeAsync();
        await using var session = await OpenAsync(sshd);
        var requests = Enumerable.Range(0, 3).Select(_ => session.RequestAsync(Request("deaf"), _ => { }, Token)).ToList();
        sshd.KillSessions();
        foreach (var request in requests)
            Assert.Equal(NodeConnectException.ConnectionLost, (await Assert.ThrowsAsync<NodeConnectException>(() => request)).Code);
        Assert.True(session.Ended.IsCompleted);
        await Assert.ThrowsAsync<NodeConnectException>(() => session.RequestAsync(Request("echo"), _ => { }, Token));
    }

    [Fact]
    public async Task A_silent_node_is_lost()
    {
        await using var session = await OpenAsync(options: new NodeOptions { PingEvery = TimeSpan.FromMilliseconds(200), Silence = TimeSpan.FromSeconds(5) });
        await session.RequestAsync(Request("echo"), _ => { }, Token);
        var error = await Assert.ThrowsAsync<NodeConnectException>(() => session.RequestAsync(Request("silence"), _ => { }, Token).WaitAsync(Within, Token));
        Assert.Contains("silent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pings_keep_a_quiet_session_alive()
    {
        await using var session = await OpenAsync(options: new NodeOptions { PingEvery = TimeSpan.FromMilliseconds(100), Silence = TimeSpan.FromSeconds(1) });
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(7));
        await Task.WhenAny(session.Ended, Task.Delay(Timeout.Infinite, enough.Token));
        Assert.False(session.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_request_ends_with_the_nodes_answer()
    {
        using var folder = new TempFolder();
        await using var session = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var error = await Assert.ThrowsAsync<NodeException>(() =>
            session.RequestAsync(Request("stage", new { file = folder["pids"] }), _ => cancel.Cancel(), cancel.Token));
        Assert.Equal("cancelled", error.Code);
        Assert.False(session.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_activation_still_tells_its_result()
    {
        using var folder = new TempFolder();
        await using var session = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var answer = session.RequestAsync(Request("activate", new { file = folder["pids"] }), _ => cancel.Cancel(), cancel.Token);
        await Eventually.TrueAsync(() => cancel.IsCancellationRequested, "the progress event", Within, Token);
        folder.Write("pids.go", "");
        Assert.True((await answer).GetProperty("pid").GetInt32() > 0);
    }

    [Fact]
    public async Task A_cancellation_that_is_not_answered_closes_the_session()
    {
        await using var session = await OpenAsync(options: new NodeOptions { CancelWithin = TimeSpan.FromMilliseconds(300) });
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var error = await Assert.ThrowsAsync<NodeException>(() => session.RequestAsync(Request("deaf"), _ => { }, cancel.Token));
        Assert.Equal("cancelled", error.Code);
        Assert.True(session.Ended.IsCompleted);
    }

    [Fact]
    public async Task Fifty_sessions_open_in_parallel()
    {
        var sshd = await _lab.StartNodeAsync();
        using var factory = Factory(FakePayload.Bundle);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(n => factory.OpenAsync(SshLab.Node(sshd.Port, $"app{n}"), Home, TimeSpan.FromSeconds(60), Token)));
        Assert.Equal(50, _lab.Clients().Count);
        await Task.WhenAll(sessions.Select(session => session.RequestAsync(Request("echo"), _ => { }, Token)));
        await Task.WhenAll(sessions.Select(session => session.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_refused_login_leaves_no_client_behind()
    {
        var sshd = await _lab.StartNodeAsync(trusted: false);
        using var factory = Factory(FakePayload.Bundle);
        var error = await Assert.ThrowsAsync<NodeConnectException>(() => factory.OpenAsync(SshLab.Node(sshd), Home, Within, Token));
        Assert.Equal(NodeConnectException.HostKeyUnknown, error.Code);
    }

    [Fact]
    public async Task A_login_that_never_comes_to_the_payload_times_out()
    {
        var sshd = await _lab.StartNodeAsync(configuration: "ForceCommand sleep 600");
        using var factory = Factory(FakePayload.Bundle);
        var error = await Assert.ThrowsAsync<NodeConnectException>(() => factory.OpenAsync(SshLab.Node(sshd), Home, TimeSpan.FromSeconds(2), Token));
        Assert.Equal(NodeConnectException.TimedOut, error.Code);
    }

    [Fact]
    public async Task What_a_closed_account_prints_is_part_of_the_error()
    {
        var sshd = await _lab.StartNodeAsync(configuration: "ForceCommand echo This account is currently not available.; exit 1");
        using var factory = Factory(FakePayload.Bundle);
        var error = await Assert.ThrowsAsync<NodeConnectException>(() => factory.OpenAsync(SshLab.Node(sshd), Home, Within, Token));
        Assert.Contains("currently not available", error.Message, StringComparison.Ordinal);
    }

    private static NodeRequest Request(string op, object? args = null) =>
        new(op, Step: null, Epoch: null, JsonSerializer.SerializeToElement(args ?? new { }));

    [Fact]
    public async Task Sessions_are_counted_those_that_are_open_those_that_were_and_those_that_could_not_be()
    {
        var sshd = await _lab.StartNodeAsync();
        using var factory = Factory(FakePayload.Bundle);
        await using (await factory.OpenAsync(SshLab.Node(sshd), Home, Within, Token)) Assert.Equal((1, 1, 0), (factory.Open, factory.Opened, factory.Failed));
        await Eventually.TrueAsync(() => factory.Open == 0, "the session to be closed", Within, Token);
        await Assert.ThrowsAsync<NodeConnectException>(() => factory.OpenAsync(SshLab.Node(FreePort.Take(), "down"), Home, Within, Token));
        Assert.Equal((0, 1, 1), (factory.Open, factory.Opened, factory.Failed));
    }

    private NodeSessionFactory Factory(PayloadBundle payload, NodeOptions? options = null) =>
        new(_lab.Connector, payload, Options.Create(options ?? new NodeOptions()), TimeProvider.System);

    private async Task<NodeSession> OpenAsync(TestSshd? sshd = null, NodeOptions? options = null)
    {
        InventoryNode node = SshLab.Node(sshd ?? await _lab.StartNodeAsync());
        using var factory = Factory(FakePayload.Bundle, options);
        return await factory.OpenAsync(node, Home, Within, Token);
    }
}
