using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory;

/// <summary>What every inventory provider must do. A new one gets a class that derives from this and says how its source is made.</summary>
public abstract class InventoryProviderContract
{
    /// <summary>The provider.</summary>
    protected abstract IInventoryProvider Provider { get; }

    /// <summary>The query, as YAML, that finds exactly the nodes <c>app1</c> and <c>app2</c> in this order.</summary>
    protected abstract string TwoNodes { get; }

    [Fact]
    public void Its_name_can_stand_in_a_document() => Assert.Matches("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", Provider.Name);

    [Fact]
    public async Task It_finds_the_nodes_in_their_order_and_the_same_ones_again()
    {
        for (var i = 0; i < 2; i++)
        {
            var nodes = (await FindAsync(TestContext.Current.CancellationToken)).Nodes;
            Assert.Equal(["app1", "app2"], nodes.Select(node => node.Name));
            Assert.All(nodes, node => Assert.Null(node.FindProblem()));
        }
    }

    [Fact]
    public async Task It_can_be_asked_by_several_at_once()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FindAsync(TestContext.Current.CancellationToken)));
        Assert.All(asked, result => Assert.Equal(2, result.Nodes.Count));
    }

    [Fact]
    public void A_key_that_it_does_not_know_is_an_error_with_a_line()
    {
        var errors = new DocumentErrors();
        var query = YamlComposer.Compose("no_such_key: 1", errors)[0].Root!;
        Assert.Null(OptionsBinder.Bind(Provider.OptionsType, query, "nodes", errors));
        Assert.Contains(errors.ToList(), error => error is { Line: 1, Field: "nodes.no_such_key" });
    }

    /// <summary>Reads a query as a document's is read.</summary>
    protected object Bind(string yaml)
    {
        var errors = new DocumentErrors();
        var options = OptionsBinder.Bind(Provider.OptionsType, YamlComposer.Compose(yaml, errors)[0].Root!, "nodes", errors);
        Assert.Empty(errors.ToList());
        return options!;
    }

    /// <summary>What is wrong with a query when it is read as a document's is.</summary>
    protected IReadOnlyList<DocumentError> FindErrors(string yaml)
    {
        var errors = new DocumentErrors();
        OptionsBinder.Bind(Provider.OptionsType, YamlComposer.Compose(yaml, errors)[0].Root!, "nodes", errors);
        return errors.ToList();
    }

    private Task<InventoryResult> FindAsync(CancellationToken token) =>
        Provider.FindAsync(Bind(TwoNodes), new InventoryContext("billing", "production"), token);
}
