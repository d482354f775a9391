using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Tests.Web.Components;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("app2", "app10")]
    [InlineData("app9.eu", "app10.eu")]
    [InlineData("App1", "app2")]
    [InlineData("app", "app1")]
    [InlineData("app99999999999999999999", "app100000000000000000000")]
    [InlineData("1a", "a1")]
    [InlineData("", "a")]
    public void Numbers_count_by_their_value(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
    }

    [Fact]
    public void Only_the_same_text_is_the_same()
    {
        Assert.Equal(0, NaturalOrder.Instance.Compare("app01", "app01"));
        Assert.NotEqual(0, NaturalOrder.Instance.Compare("app01", "app1"));
        Assert.NotEqual(0, NaturalOrder.Instance.Compare("app1", "APP1"));
    }
}
