using System.Globalization;
using System.Text.Json;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>What becomes of rollouts while the inventory changes, lies, or is not there.</summary>
public sealed class DiscoveryTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_inventory_that_lost_nodes_stops_a_deploy_and_never_a_revert()
    {
        await using var fleet = await Fleet.StartApartAsync(4, Token);
        await using var lab = await StartAsync(fleet, shown: 4);
        await lab.DeployedAsync("1.0.0", Token);
        await lab.DeployedAsync("1.1.0", Token);

        Show(fleet, 2);
        var refused = await lab.DeployAsync("1.2.0", Token);
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("names 2 nodes, and 4 at the last rollout", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--accept-missing-nodes", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.1.0", await fleet.VersionsAsync(Token));
        var test = await lab.Cli.RunAsync(Token, "inventory", "test", lab.Service.Name);
        Assert.Equal(1, test.ExitCode);
        Assert.Contains("are gone", test.Output, StringComparison.Ordinal);

        File.Delete(Inventory(fleet));
        var failed = await lab.DeployAsync("1.2.0", Token);
        Assert.Contains("does not exist", failed.Output + failed.Errors, StringComparison.Ordinal);
        Assert.Equal("1.1.0 1.1.0 1.1.0 1.1.0", await fleet.VersionsAsync(Token));
        var reverted = await lab.Cli.RunAsync(Token, "revert", lab.Service.Name, Lab.Environment);
        Assert.True(reverted.ExitCode == 0, reverted.Output + reverted.Errors);
        Assert.Contains("The revert goes to the 4 nodes of the last rollout", reverted.Output + reverted.Errors, StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.0 1.0.0 1.0.0", await fleet.VersionsAsync(Token));

        Show(fleet, 2);
        var accepted = await lab.DeployAsync("1.2.0", Token, "--accept-missing-nodes");
        Assert.True(accepted.ExitCode == 0, accepted.Output + accepted.Errors);
        Assert.Equal("1.2.0 1.2.0 1.0.0 1.0.0", await fleet.VersionsAsync(Token));
        Assert.Equal(2, (await lab.Server.Client.GetServiceAsync(lab.Service.Name, Token)).Environments[0].Nodes.Count);
    }

    [Fact]
    public async Task A_node_that_joins_is_seen_at_once_and_converged_when_the_document_says_so()
    {
        await using var fleet = await Fleet.StartApartAsync(3, Token);
        await using var lab = await StartAsync(fleet, shown: 3);
        Show(fleet, 1);
        await lab.Cli.CheckAsync(Token, "deploy", lab.Service.Name, Lab.Environment, "1.0.0");
        Assert.Equal("1.0.0 - -", await fleet.VersionsAsync(Token));

        Show(fleet, 2);
        await Eventually.TrueAsync(async () => await StateOfAsync(lab, fleet[1]) == "new", "the second node to be shown as new", Within, Token);
        Assert.Equal("1.0.0 - -", await fleet.VersionsAsync(Token));
        await lab.Cli.CheckAsync(Token, "converge", lab.Service.Name, Lab.Environment);
        Assert.Equal("1.0.0 1.0.0 -", await fleet.VersionsAsync(Token));

        await lab.ApplyAsync(lab.Service with { Environment = "new_nodes: converge" }, Token);
        Show(fleet, 3);
        await Eventually.TrueAsync(async () => await StateOfAsync(lab, fleet[2]) == "good", "the third node to be converged by itself", Within, Token);
        Assert.Equal("1.0.0 1.0.0 1.0.0", await fleet.VersionsAsync(Token));
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal((RolloutKinds.Converge, "inventory", fleet[2].Address), (rollout.Kind, rollout.By, Assert.Single(rollout.Nodes).Name));
    }

    [Fact]
    public async Task A_node_that_leaves_while_a_rollout_runs_is_gone_and_no_failure()
    {
        await using var fleet = await Fleet.StartApartAsync(3, Token);
        await using var lab = await StartAsync(fleet, shown: 3, new HelloService { Policy = "{ connect_timeout: 5s, connect_retries: 3 }" });
        await lab.DeployedAsync("1.0.0", Token);
        await fleet[2].KillAsync();
        await using var deploy = lab.Cli.Start("deploy", lab.Service.Name, Lab.Environment, "1.1.0");
        await Eventually.TrueAsync(
            async () => await lab.LastRolloutAsync(Token) is { Version: "1.1.0", Nodes.Count: 3 }, "the list of nodes to be frozen", Within, Token);
        Show(fleet, 2);

        var finished = await deploy.FinishAsync(Token);

        Assert.True(finished.ExitCode == 0, finished.Output + finished.Errors);
        Assert.Contains("left the inventory", finished.Output, StringComparison.Ordinal);
        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal((RolloutStates.Succeeded, "good good gone"), (rollout.State, string.Join(' ', rollout.Nodes.Select(node => node.State))));
        Assert.Equal("1.1.0 1.1.0 -", await fleet.VersionsAsync(Token));
        Assert.Equal(2, (await lab.Server.Client.GetServiceAsync(lab.Service.Name, Token)).Environments[0].Nodes.Count);
    }

    [Fact]
    public async Task What_a_node_is_called_and_labelled_may_stand_in_its_variables()
    {
        await using var fleet = await Fleet.StartApartAsync(2, Token);
        await using var lab = await StartAsync(fleet, shown: 2, new HelloService { More = "env: { WHERE: \"{node.name} in {node.label.zone}\" }" });
        await lab.DeployedAsync("1.0.0", Token);
        foreach (var node in fleet.Nodes)
        {
            var pid = (await File.ReadAllTextAsync(node.File(lab.Service.PidFile(fleet)), Token)).Trim();
            var where = await fleet.RunAsync(node, $"tr '\\0' '\\n' < /proc/{pid}/environ | grep ^WHERE=", Token);
            Assert.Equal($"WHERE={node.Address} in b", where.Trim());
        }

        await lab.ApplyAsync(lab.Service with { More = "env: { WHERE: \"{node.label.rack}\" }" }, Token);
        var refused = await lab.DeployAsync("1.1.0", Token);
        Assert.Contains("has no label 'rack'", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.0", await fleet.VersionsAsync(Token));
    }

    private static Task<Lab> StartAsync(Fleet fleet, int shown, HelloService? service = null)
    {
        Show(fleet, shown);
        var nodes = string.Create(CultureInfo.InvariantCulture, $"{{ file: {Inventory(fleet)}, port: {fleet[0].Port} }}");
        return Lab.StartAsync(
            fleet, server => server.Environment["WHEELHOUSE_INVENTORY_PATHS"] = fleet.Folder.Root, Token, (service ?? new HelloService()) with { Nodes = nodes },
            "1.0.0", "1.1.0", "1.2.0");
    }

    private static string Inventory(Fleet fleet) => fleet.Folder["nodes.json"];

    /// <summary>Writes the inventory as careful people do: whole, or not at all.</summary>
    private static void Show(Fleet fleet, int count)
    {
        File.WriteAllText(Inventory(fleet) + ".new", JsonSerializer.Serialize(new[] { new { targets = fleet.Nodes.Take(count).Select(node => node.Address), labels = new { zone = "b" } } }));
        File.Move(Inventory(fleet) + ".new", Inventory(fleet), overwrite: true);
    }

    private static async Task<string?> StateOfAsync(Lab lab, TestNode node) =>
        (await lab.Server.Client.GetServiceAsync(lab.Service.Name, Token)).Environments[0].Nodes.FirstOrDefault(known => known.Name == node.Address)?.State;
}
