using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Nodes;

public sealed class NodeGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);
    private static readonly NodeHome Home = new("billing", "production", "/srv/billing", User: null);
    private readonly TempFolder _folder = new();
    private SshLab _lab = null!;
    private TestSshd _sshd = null!;
    private WebApplication _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private INodeGrain Grain => _server.Services.GetRequiredService<IGrainFactory>().GetGrain<INodeGrain>(NodeGrainKey.For("billing", "production", "app1"));

    public async ValueTask InitializeAsync()
    {
        _lab = await SshLab.CreateAsync();
        _sshd = await _lab.StartNodeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(TimeProvider.System).AddStorage(_lab.Data).AddEvents().AddNodes().AddSingleton(FakePayload.Bundle);
        builder.Services.Configure<NodeOptions>(options => options.IdleAfter = TimeSpan.FromSeconds(2));
        builder.Host.UseOrleans(silo => silo.UseLocalhostClustering(FreePort.Take(), FreePort.Take(), primarySiloEndpoint: null, "nodes-test", "nodes-test"));
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
        _folder.Dispose();
    }

    [Fact]
    public async Task The_same_command_asked_twice_runs_once_and_answers_the_same()
    {
        var command = Command("stage", new { file = _folder.Write("pids", "") });
        _folder.Write("pids.go", "");
        var first = await EndAsync(command);
        Assert.NotNull(first.ResultJson);
        Assert.Equal(first, await Grain.Advance(command));
        Assert.Single(await File.ReadAllLinesAsync(_folder["pids"], Token));
    }

    [Fact]
    public async Task A_session_cut_in_mid_request_is_opened_again_and_the_step_repeated()
    {
        var command = Command("activate", new { file = _folder.Write("pids", "") });
        var report = EndAsync(command);
        await Eventually.TrueAsync(() => File.ReadAllLines(_folder["pids"]).Length == 1, "the step on the node", Within, Token);
        _sshd.KillSessions();
        await Eventually.TrueAsync(() => File.ReadAllLines(_folder["pids"]).Length == 2, "the step again", Within, Token);
        _folder.Write("pids.go", "");
        var pids = await File.ReadAllLinesAsync(_folder["pids"], Token);
        Assert.Contains(pids[1], (await report).ResultJson!, StringComparison.Ordinal);
        Assert.NotEqual(pids[0], pids[1]);
    }

    [Fact]
    public async Task A_dead_node_is_reported_after_its_retries()
    {
        await _sshd.StopAsync();
        var report = await EndAsync(Command("echo", new { }) with { ConnectRetries = 1 });
        Assert.Equal(NodeConnectException.Unreachable, report.Error!.Code);
        Assert.NotNull(report.Error.Fix);
    }

    [Fact]
    public async Task Cancelling_ends_a_staging_command_within_seconds()
    {
        var command = Command("stage", new { file = _folder.Write("pids", "") });
        var report = EndAsync(command);
        await Eventually.TrueAsync(() => File.ReadAllLines(_folder["pids"]).Length == 1, "the step on the node", Within, Token);
        await Grain.Cancel(command.Id);
        Assert.Equal("cancelled", (await report.WaitAsync(TimeSpan.FromSeconds(5), Token)).Error!.Code);
    }

    [Fact]
    public async Task What_waits_for_a_staging_slot_can_be_taken_back_and_what_has_one_cannot()
    {
        string[] files = [_folder.Write("a", ""), _folder.Write("b", ""), _folder.Write("c", "")];
        var commands = files.Select(file => Command("stage", new { file })).ToList();
        List<Task<NodeReport>> reports = [EndAsync(commands[0]), EndAsync(commands[1])];
        await Eventually.TrueAsync(() => files.Take(2).All(file => new FileInfo(file).Length > 0), "two steps on the node", Within, Token);
        reports.Add(EndAsync(commands[2]));

        foreach (var command in commands) await Grain.Withdraw(command.Id);

        Assert.Equal("cancelled", (await reports[2].WaitAsync(TimeSpan.FromSeconds(5), Token)).Error!.Code);
        foreach (var file in files) await File.WriteAllTextAsync(file + ".go", "", Token);
        Assert.All(await Task.WhenAll(reports.Take(2)), report => Assert.NotNull(report.ResultJson));
        Assert.Empty(await File.ReadAllTextAsync(files[2], Token));
    }

    [Fact]
    public async Task What_is_printed_is_in_the_event_log_in_order_when_the_command_ended_and_the_password_is_not()
    {
        var report = await EndAsync(Command("noise", new { lines = 1200, password = "s3cret" }) with { Rollout = "r1" });
        Assert.Null(report.Error);
        var events = await _server.Services.GetRequiredService<EventReader>().ReadAsync(new EventFilter("r1", Service: null, Environment: null), after: 0, Token);
        Assert.All(events, view => Assert.Equal((EventTypes.NodeLog, "app1"), (view.Type, view.Node)));
        var lines = events.SelectMany(view => view.Data!.Value.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(Enumerable.Range(0, 1200).Select(n => $"line {n} ***"), lines);
    }

    [Fact]
    public async Task An_error_keeps_its_code_and_fix_and_loses_the_password()
    {
        var report = await EndAsync(Command("fail", new { index = new { password = "s3cret" }, password = "s3cret" }));
        Assert.Equal(new NodeFault("disk_full", "no room ***", "make room"), report.Error);
    }

    [Fact]
    public async Task An_idle_session_is_closed_and_opened_again_when_needed()
    {
        Assert.NotNull((await EndAsync(Command("echo", new { }))).ResultJson);
        Assert.Single(_lab.Clients());
        await Eventually.TrueAsync(() => _lab.Clients().Count == 0, "the idle session's end", Within, Token);
        Assert.NotNull((await EndAsync(Command("echo", new { }))).ResultJson);
    }

    [Fact]
    public void A_command_does_not_print_its_arguments() =>
        Assert.DoesNotContain("s3cret", Command("stage", new { password = "s3cret" }).ToString(), StringComparison.Ordinal);

    private NodeCommand Command(string op, object args)
    {
        InventoryNode node = SshLab.Node(_sshd);
        return new NodeCommand { Id = Guid.NewGuid().ToString(), Node = node, Home = Home, Op = op, ArgsJson = JsonSerializer.Serialize(args) };
    }

    private async Task<NodeReport> EndAsync(NodeCommand command)
    {
        while (true)
        {
            if (await Grain.Advance(command) is { Ended: true } report) return report;
        }
    }
}
