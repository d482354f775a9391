using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;

namespace Wheelhouse.Tests.Inventory.Queries;

public sealed class NodeCombinerTests
{
    [Theory]
    [InlineData(Combination.Union, "a b|b c", "a b c")]
    [InlineData(Combination.Union, "b a|c|a", "b a c")]
    [InlineData(Combination.Intersection, "a b c|c b", "b c")]
    [InlineData(Combination.Intersection, "a b|b|a", "")]
    [InlineData(Combination.Difference, "a b c|b", "a c")]
    [InlineData(Combination.Difference, "a b c|b|a", "c")]
    [InlineData(Combination.Difference, "a b|", "a b")]
    [InlineData(Combination.Union, "App1|app1", "App1")]
    public void The_order_is_that_of_the_first_that_names_a_node(Combination how, string answers, string expected) =>
        Assert.Equal(expected, string.Join(' ', NodeCombiner.Combine(how, [.. answers.Split('|').Select(Nodes)]).Select(node => node.Name)));

    [Fact]
    public void Two_names_of_one_address_are_one_node()
    {
        IReadOnlyList<IReadOnlyList<InventoryNode>> answers = [[Node("web-1", "10.0.0.1")], [Node("ip-10-0-0-1", "10.0.0.1"), Node("other", "10.0.0.1") with { Port = 2222 }]];
        Assert.Equal(["web-1", "other"], NodeCombiner.Combine(Combination.Union, answers).Select(node => node.Name));
        Assert.Equal(["web-1"], NodeCombiner.Combine(Combination.Intersection, answers).Select(node => node.Name));
    }

    [Theory]
    [InlineData(Combination.Union)]
    [InlineData(Combination.Intersection)]
    public void What_one_leaves_open_another_fills_in(Combination how)
    {
        var first = Node("app1", "10.0.0.1") with { User = "deploy", Labels = Labels("zone", "a") };
        var second = Node("app1", "app1.example") with { User = "other", Port = 2222, IdentityFile = "/etc/wheelhouse/key", Labels = Labels("zone", "b", "rack", "7") };
        var node = Assert.Single(NodeCombiner.Combine(how, [[first], [second]]));
        Assert.Equal(("10.0.0.1", "deploy", 2222, "/etc/wheelhouse/key"), (node.Address, node.User, node.Port, node.IdentityFile));
        Assert.Equal(["rack=7", "zone=a"], node.Labels.Select(label => $"{label.Key}={label.Value}"));
    }

    private static IReadOnlyList<InventoryNode> Nodes(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Node(name, name))];

    private static InventoryNode Node(string name, string address) => new(name, address, null, null, null, Labels());

    private static Dictionary<string, string> Labels(params string[] pairs) =>
        pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
