using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Inventory.Static;

namespace Wheelhouse.Tests.Inventory.Queries;

public sealed class NodeQueryReaderTests
{
    private static readonly NodeQueryReader Reader = new(new InventoryProviders([new StaticInventory()]));

    [Fact]
    public void One_inventory_with_what_its_nodes_get_by_default()
    {
        var query = Assert.IsType<InventoryQuery>(Read("{ static: [app1], user: deploy, port: 2222, jump: bastion, labels: { zone: a } }").Query);
        Assert.Equal("static", query.Provider.Name);
        Assert.Equal(("deploy", 2222, "bastion", "a"), (query.Defaults.User, query.Defaults.Port, query.Defaults.Jump, query.Defaults.Labels["zone"]));
    }

    [Fact]
    public void Combinations_may_stand_in_each_other()
    {
        var query = Assert.IsType<CombinedQuery>(Read("{ difference: [{ union: [{ static: [app1] }, { static: [app2] }] }, { static: [app2] }], user: deploy }").Query);
        Assert.Equal((Combination.Difference, "deploy"), (query.How, query.Defaults.User));
        var first = Assert.IsType<CombinedQuery>(query.Parts[0]);
        Assert.Equal((Combination.Union, 2, 2), (first.How, first.Parts.Count, query.Parts.Count));
    }

    [Theory]
    [InlineData("app1", 1, "nodes", "must be one inventory", "static")]
    [InlineData("{ user: deploy }", 1, "nodes", "must be one inventory", "static")]
    [InlineData("{ static: [app1], union: [] }", 1, "nodes", "must be one inventory", "union")]
    [InlineData("{ statik: [app1] }", 1, "nodes.statik", "no inventory named 'statik'", "static")]
    [InlineData("{ static: [app1], usr: deploy }", 1, "nodes", "must be one inventory", "")]
    [InlineData("{ union: [{ static: [app1] }] }", 1, "nodes.union", "two queries or more", "union:")]
    [InlineData("{ union: { static: [app1] } }", 1, "nodes.union", "two queries or more", "union:")]
    [InlineData("union:\n  - static: [app1]\n  - { statik: [app2] }", 3, "nodes.union[1].statik", "no inventory named", "static")]
    [InlineData("{ static: [app1], port: 70000 }", 1, "nodes.port", "from 1 to 65535", "")]
    [InlineData("{ static: [app1], user: -oProxyCommand=x }", 1, "nodes.user", "starts with '-'", "")]
    [InlineData("{ static: [app1], jump: \"a b\" }", 1, "nodes.jump", "white space", "")]
    [InlineData("{ static: [app1], labels: [a] }", 1, "nodes.labels", "must be a map", "")]
    public void An_error_says_where_it_is_and_what_to_write(string yaml, int line, string field, string message, string fix)
    {
        var (query, errors) = Read(yaml);
        Assert.Null(query);
        var error = Assert.Single(errors.ToList());
        Assert.Equal((line, field), (error.Line, error.Field));
        Assert.Contains(message, error.Message);
        Assert.Contains(fix, $"{error.Message} {error.Fix}");
    }

    internal static (NodeQuery? Query, DocumentErrors Errors) Read(string yaml)
    {
        var errors = new DocumentErrors();
        return (Reader.Read(YamlComposer.Compose(yaml, errors)[0].Root!, "nodes", errors), errors);
    }
}
