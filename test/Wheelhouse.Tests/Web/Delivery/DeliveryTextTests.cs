using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Web.Delivery;

namespace Wheelhouse.Tests.Web.Delivery;

public sealed class DeliveryTextTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(3569, "59 min")]
    [InlineData(3571, "1 h")]
    [InlineData(9000, "2.5 h")]
    [InlineData(172800, "2 days")]
    [InlineData(1000000, "11.6 days")]
    public void A_time_is_as_exact_as_people_need_it(double seconds, string text) => Assert.Equal(text, DeliveryText.Span(seconds));

    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(30, 3.25, "3.3 a day")]
    [InlineData(30, 0.5, "3.5 a week")]
    [InlineData(3, 0.1, "3 a month")]
    public void A_frequency_is_said_by_the_time_that_suits_it(int deployments, double perDay, string text) =>
        Assert.Equal(text, DeliveryText.Frequency(new DeliveryFigures(deployments, perDay, 0, null, null, null, null, 0)));

    [Fact]
    public void A_share_is_in_percent() => Assert.Equal(["–", "0 %", "12.5 %"], new double?[] { null, 0, 0.125 }.Select(DeliveryText.Percent));
}
