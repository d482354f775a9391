using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Static;

namespace Wheelhouse.Tests.Inventory;

public sealed class StaticInventoryTests : InventoryProviderContract
{
    protected override IInventoryProvider Provider { get; } = new StaticInventory();

    protected override string TwoNodes => "[app1, { name: app2, address: 10.0.0.2 }]";

    [Theory]
    [InlineData("app1", "app1", null, null)]
    [InlineData("deploy@app1", "app1", "deploy", null)]
    [InlineData("app1:2222", "app1", null, 2222)]
    [InlineData("deploy@app1:2222", "app1", "deploy", 2222)]
    [InlineData("[2001:db8::1]", "2001:db8::1", null, null)]
    [InlineData("deploy@[2001:db8::1]:22", "2001:db8::1", "deploy", 22)]
    public void The_short_form_is_read(string text, string address, string? user, int? port)
    {
        var node = StaticNode.Parse(text, provider: null).ToNode();
        Assert.Equal((address, address, user, port), (node.Name, node.Address, node.User, node.Port));
    }

    [Theory]
    [InlineData("@app1", "no user before '@'")]
    [InlineData("deploy@", "no host")]
    [InlineData("app1:", "the port ''")]
    [InlineData("app1:70000", "from 1 to 65535")]
    [InlineData("2001:db8::1", "write it in brackets: [2001:db8::1]")]
    [InlineData("[2001:db8::1", "no ']'")]
    [InlineData("[2001:db8::1]22", "other than ':port'")]
    public void A_bad_short_form_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => StaticNode.Parse(text, provider: null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_providers_of_one_name_are_refused()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new InventoryProviders([new StaticInventory(), new StaticInventory()]));
        Assert.Contains("Two inventory providers are named 'static'", exception.Message, StringComparison.Ordinal);
    }
}
