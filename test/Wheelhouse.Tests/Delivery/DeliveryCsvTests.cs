using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery;
using Wheelhouse.Server.Delivery.Figures;
using static Wheelhouse.Tests.Delivery.Rollouts;

namespace Wheelhouse.Tests.Delivery;

public sealed class DeliveryCsvTests
{
    [Fact]
    public void Each_bucket_and_service_has_a_row_also_without_a_deployment()
    {
        var deployments = Read(Deploy(1, "1.0"), Deploy(25, "1.1"), Revert(26, "1.0", "1.1"));
        var report = new DeliveryReport(
            new DeliveryFilter(new Period(Start, Start.AddDays(2), DeliveryBuckets.Day)),
            [new("billing", "payments", ["production"], deployments), new("shop", null, ["eu", "us"], [])],
            Start.AddDays(2));
        Assert.Equal(
            """
            from,to,service,team,environments,deployments,failed,change_failure_rate,changes,lead_time_basis,lead_time_median_seconds,lead_time_p90_seconds,restored,time_to_restore_median_seconds,time_to_restore_p90_seconds,unrestored
            2030-01-07T00:00:00Z,2030-01-08T00:00:00Z,billing,payments,production,1,0,0,0,,,,0,,,0
            2030-01-07T00:00:00Z,2030-01-08T00:00:00Z,shop,,eu us,0,0,,0,,,,0,,,0
            2030-01-08T00:00:00Z,2030-01-09T00:00:00Z,billing,payments,production,1,1,1,0,,,,1,3600,3600,0
            2030-01-08T00:00:00Z,2030-01-09T00:00:00Z,shop,,eu us,0,0,,0,,,,0,,,0

            """.ReplaceLineEndings("\r\n"),
            DeliveryCsv.Write(report));
    }

    [Theory]
    [InlineData("billing", "billing")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void A_cell_is_quoted_and_never_a_formula(string text, string cell) => Assert.Equal(cell, DeliveryCsv.Cell(text));
}
