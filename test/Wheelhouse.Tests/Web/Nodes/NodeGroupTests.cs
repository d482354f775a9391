using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Web.Nodes;

namespace Wheelhouse.Tests.Web.Nodes;

public sealed class NodeGroupTests
{
    private static readonly ServiceView Billing = new("billing", "acme-billing", 1,
    [
        Environment("staging"),
        Environment("production", Node("app10", "drifted", "1.0"), Node("app2", "good", "1.1"), Node("db1", "good", "1.1")),
    ]);

    private static readonly NodeGroup Production = NodeGroup.Of([Billing])[1];

    [Fact]
    public void Every_environment_is_a_group_with_its_nodes_by_name()
    {
        Assert.Equal(["staging", "production"], NodeGroup.Of([Billing]).Select(group => group.Environment));
        Assert.Equal(["app2", "app10", "db1"], Production.Nodes.Select(node => node.Name));
    }

    [Theory]
    [InlineData("", "", "app2 app10 db1")]
    [InlineData("app", "", "app2 app10")]
    [InlineData(" APP ", "", "app2 app10")]
    [InlineData("1.1", "", "app2 db1")]
    [InlineData("10.0.0.app2", "", "app2")]
    [InlineData("app", "drifted", "app10")]
    [InlineData("billing prod", "good", "app2 db1")]
    [InlineData("shop", "", "")]
    public void A_filter_knows_names_addresses_versions_and_the_group(string search, string state, string expected) =>
        Assert.Equal(expected, string.Join(' ', Production.Filter(search, state).Nodes.Select(node => node.Name)));

    [Fact]
    public void States_are_counted_over_all_groups() =>
        Assert.Equal([("drifted", 1), ("good", 2)], new NodesModel(NodeGroup.Of([Billing])).Counts);

    [Theory]
    [InlineData("1.10.0-aaaaaaaa 1.9.0-bbbbbbbb", "1.10.0 1.9.0")]
    [InlineData("1.0-aaaaaaaa 1.0-bbbbbbbb 2.0rc1-cccccccc", "2.0rc1 1.0")]
    [InlineData("odd 1.0-aaaaaaaa", "1.0 odd")]
    public void The_newest_release_on_disk_comes_first(string ids, string versions) =>
        Assert.Equal(versions, string.Join(' ', DiskReleases.Versions(ids.Split(' '))));

    private static EnvironmentView Environment(string name, params NodeStateView[] nodes) => new(name, "1.1", null, null, null, null, 0, nodes);

    private static NodeStateView Node(string name, string state, string version) => new(name, $"10.0.0.{name}", version, state, null, null, []);
}
