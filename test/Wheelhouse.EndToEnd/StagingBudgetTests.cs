using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Once more nodes failed than may, those that wait for their turn are not staged any more.</summary>
public sealed class StagingBudgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_wait_for_their_turn_do_not_begin()
    {
        await using var lab = await Lab.StartAsync(
            await Fleet.StartAsync(1, Token), server => server.Environment["WHEELHOUSE_NODES_STAGING_PER_NODE"] = "1", Token,
            new HelloService { Policy = "{ failure_budget: 0, connect_timeout: 5s, connect_retries: 1 }" });
        await lab.PublishAsync("1.0.0", Token, Broken.Import);

        // Four names of one machine: one slot for all of them.
        var node = lab.Fleet.ToYaml(indent: 8).TrimEnd();
        var more = string.Join('\n', Enumerable.Range(2, 3).Select(number => node.Replace("name: app1", $"name: app{number}", StringComparison.Ordinal)));
        var yaml = lab.Service.ToYaml(lab.Fleet).Replace(node, $"{node}\n{more}", StringComparison.Ordinal);
        await lab.Cli.CheckAsync(Token, "apply", "-f", lab.Folder.Write("four.yaml", yaml));

        var finished = await lab.DeployAsync("1.0.0", Token);

        Assert.NotEqual(0, finished.ExitCode);
        var rollout = await lab.LastRolloutAsync(Token);
        var story = new Story(await lab.EventsAsync(rollout.Id, Token));
        Assert.True(rollout.State == RolloutStates.Failed, story.ToString());
        // The one that gets the slot that the first one leaves may have begun by then; the others have not.
        var failed = rollout.Nodes.Count(told => told.State == "failed");
        Assert.True(failed is 1 or 2, story.ToString());
        Assert.Equal(4 - failed, rollout.Nodes.Count(told => told.State == "unchanged"));
        Assert.Equal(4 - failed, story.Of("stage/").Count(step => step.Outcome == "cancelled"));
        Assert.Equal(4 - failed, story.Events.Count(told => told.Type == EventTypes.NodeState && told.Message.Contains("is not staged", StringComparison.Ordinal)));
    }
}
