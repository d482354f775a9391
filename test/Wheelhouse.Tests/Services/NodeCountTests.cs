using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Services;

public sealed class NodeCountTests
{
    [Theory]
    [InlineData("1", 10, 1, 1)]
    [InlineData("25%", 10, 3, 2)]
    [InlineData("1%", 10, 1, 0)]
    [InlineData("100%", 7, 7, 7)]
    [InlineData("0", 10, 1, 0)]
    [InlineData("0%", 10, 1, 0)]
    [InlineData("10%", 0, 1, 0)]
    public void A_batch_is_rounded_up_and_a_budget_down(string text, int nodes, int batch, int budget)
    {
        Assert.True(NodeCount.TryParse(text, out var count));
        Assert.Equal((batch, budget), (count.RoundUp(nodes), count.RoundDown(nodes)));
        Assert.Equal(text, count.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("100001")]
    public void Anything_else_is_refused(string text) => Assert.False(NodeCount.TryParse(text, out _));
}
