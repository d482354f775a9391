using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>A release that turns out to be bad while it is being brought out.</summary>
public sealed class FailedCheckTests
{
    private const int FailedAndReverted = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_fails_on_the_second_node_goes_no_further_and_is_taken_back()
    {
        await using var lab = await Lab.StartAsync(nodes: 5, Token, service: null, "1.0.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.PublishAsync("1.1.0", Token, Broken.HealthWhere(lab.Fleet.Place + "/etc/ill"));
        await File.WriteAllTextAsync(lab.Fleet[1].File(lab.Fleet.Place + "/etc/ill"), "", Token);
        var before = lab.Fleet.Nodes.Skip(2).Select(node => Workers(lab, node)).ToList();

        var finished = await lab.DeployAsync("1.1.0", Token);

        Assert.Equal(FailedAndReverted, finished.ExitCode);
        Assert.Equal("1.0.0 1.0.0 1.0.0 1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
        Assert.Equal(before, lab.Fleet.Nodes.Skip(2).Select(node => Workers(lab, node)).ToList());

        var rollout = await lab.LastRolloutAsync(Token);
        Assert.Equal(RolloutStates.Reverted, rollout.State);
        Assert.Contains("503", rollout.Nodes.Single(node => node.Name == "app2").Error, StringComparison.Ordinal);
        Assert.Equal(["reverted", "reverted"], rollout.Nodes.Take(2).Select(node => node.State));
        var story = new Story(await lab.EventsAsync(rollout.Id, Token));
        foreach (var untouched in (string[])["app3", "app4", "app5"]) Assert.DoesNotContain("activating", story.StatesOf(untouched));
    }

    [Fact]
    public async Task A_first_deploy_that_fails_leaves_nothing_running()
    {
        await using var lab = await Lab.StartAsync(nodes: 2, Token);
        await lab.PublishAsync("1.0.0", Token, Broken.Health);

        var finished = await lab.DeployAsync("1.0.0", Token);

        Assert.Equal(FailedAndReverted, finished.ExitCode);
        Assert.Equal("- -", await lab.Fleet.VersionsAsync(Token));
        Assert.All(lab.Fleet.Nodes, node => Assert.Null(new FileInfo(node.File(lab.Service.Root(lab.Fleet) + "/current")).LinkTarget));
    }

    [Fact]
    public async Task A_release_that_cannot_be_imported_is_refused_before_anything_changes()
    {
        await using var lab = await Lab.StartAsync(nodes: 2, Token, service: null, "1.0.0");
        await lab.DeployedAsync("1.0.0", Token);
        await lab.PublishAsync("1.1.0", Token, Broken.Import);

        var finished = await lab.DeployAsync("1.1.0", Token);

        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains("a_module_that_nobody_has", finished.Output + finished.Errors, StringComparison.Ordinal);
        Assert.Equal("1.0.0 1.0.0", await lab.Fleet.VersionsAsync(Token));
        Assert.Empty(new Story(await lab.EventsAsync((await lab.LastRolloutAsync(Token)).Id, Token)).Of("activate/"));
    }

    private static string Workers(Lab lab, TestNode node) => string.Join(' ', node.Processes().Where(process => process.CommandLine.Contains(lab.Service.Name, StringComparison.Ordinal)).Select(process => process.Id).Order());
}
