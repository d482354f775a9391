using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Rollouts.Discovery;

public sealed class NodeChangeTests
{
    [Theory]
    [InlineData(12, 9, "25%", false)]
    [InlineData(12, 8, "25%", true)]
    [InlineData(2, 1, "25%", true)]
    [InlineData(4, 3, "25%", false)]
    [InlineData(4, 2, "1", true)]
    [InlineData(4, 9, "0", false)]
    [InlineData(10, 1, "100%", false)]
    public void Too_few_nodes_are_a_problem_by_the_policy(int before, int now, string missingNodes, bool isProblem)
    {
        Assert.True(NodeCount.TryParse(missingNodes, out var limit));
        Assert.Equal(isProblem, NodeChange.Between(Nodes(before), Nodes(now)).FindProblem(limit) is not null);
    }

    [Fact]
    public void Replaced_nodes_are_no_problem()
    {
        var change = NodeChange.Between(Nodes(3), Nodes(3, from: 10));
        Assert.Null(change.FindProblem(new NodeCount(0)));
        Assert.Equal("app10, app11, app12 are new; app0, app1, app2 are gone", change.ToString());
    }

    [Fact]
    public void A_problem_names_the_missing_nodes_but_not_hundreds_of_them()
    {
        var problem = NodeChange.Between(Nodes(40), Nodes(2)).FindProblem(new NodeCount(25, IsPercent: true))!;
        Assert.StartsWith("The inventory names 2 nodes, and 40 at the last rollout: app2, app3,", problem.Message, StringComparison.Ordinal);
        Assert.Contains("and 28 more are missing", problem.Message);
        Assert.Contains("--accept-missing-nodes", problem.Fix);
    }

    private static IReadOnlyList<InventoryNode> Nodes(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => new InventoryNode($"app{i}", $"app{i}", null, null, null, new Dictionary<string, string>(StringComparer.Ordinal)))];
}
