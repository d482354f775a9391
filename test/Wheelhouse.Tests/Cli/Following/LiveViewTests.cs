using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;
using Wheelhouse.Cli.Following;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Cli.Following;

public sealed class LiveViewTests
{
    [Fact]
    public void Every_node_of_a_small_rollout_has_its_line()
    {
        var progress = new RolloutProgress(Sample.Rollout(RolloutStates.Running));
        foreach (var happened in Sample.Success.TakeWhile(happened => happened.Id < 21)) progress.Apply(happened);

        Assert.Equal(
            """
              hello → production   deploy 1.0.0 → 1.1.0   by ada   10 s

              ✓ discover   ✓ lock   ✓ plan   ✓ stage   ● activate   ○ finish

              batch 1 of 2
                ● app1  activating  1.0.0  activating 1.1.0                               5.0 s
              batch 2 of 2
                ✓ app2  staged      1.0.0  staged 1.1.0

            """,
            Draw(progress, null));
    }

    [Fact]
    public void Failures_are_grouped_with_their_fix_and_a_lost_connection_is_said()
    {
        var progress = new RolloutProgress(Sample.Rollout(RolloutStates.Running));
        foreach (var (id, node) in ((long, string)[])[(1, "app1"), (2, "app2")])
        {
            progress.Apply(Sample.Event(
                id, 2, EventTypes.NodeState, "failed", new { state = "failed", error = "The disk is full.", fix = "Free 200 MB under /srv." }, node));
        }

        var drawn = Draw(progress, "Connection lost; reconnecting");

        Assert.Contains("  ✗ The disk is full.\n    on app1, app2\n    fix: Free 200 MB under /srv.\n\n  Connection lost; reconnecting", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_nodes_are_counted_and_only_the_busy_ones_listed()
    {
        var progress = new RolloutProgress(Sample.Rollout(RolloutStates.Running) with { Nodes = [] });
        for (var number = 1; number <= 100; number++)
        {
            var state = number <= 40 ? "good" : number <= 43 ? "activating" : "staged";
            var name = "node" + number.ToString("000", CultureInfo.InvariantCulture);
            progress.Apply(Sample.Event(number, 3, EventTypes.NodeState, state, new { state }, name));
        }

        var drawn = Draw(progress, null);

        Assert.Contains("✓ 57 staged   ● 3 activating   ✓ 40 good   of 100 nodes", drawn, StringComparison.Ordinal);
        Assert.Contains("● node042", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("node099", drawn, StringComparison.Ordinal);
    }

    private static string Draw(RolloutProgress progress, string? notice)
    {
        var console = new TestConsole().Width(90).SupportsUnicode(true);
        console.Profile.Height = 40;
        var time = new FakeTimeProvider(Sample.Start.AddSeconds(10));
        console.Write(new LiveView(console.Profile, time).Draw(progress, notice));
        return string.Join('\n', console.Output.Split('\n').Select(line => line.TrimEnd()));
    }
}
