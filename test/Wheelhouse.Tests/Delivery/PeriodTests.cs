using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery.Figures;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Tests.Delivery;

public sealed class PeriodTests
{
    private static readonly DateTimeOffset Now = new(2030, 3, 20, 15, 30, 0, TimeSpan.Zero); // a Wednesday

    [Fact]
    public void The_usual_time_is_90_days_by_whole_weeks()
    {
        var period = Period.Parse(null, null, null, Now);
        Assert.Equal((new DateTimeOffset(2029, 12, 17, 0, 0, 0, TimeSpan.Zero), Now, DeliveryBuckets.Week), (period.From, period.To, period.Bucket));
        Assert.All(period.Buckets.SkipLast(1), bucket => Assert.Equal((DayOfWeek.Monday, 7), (bucket.From.DayOfWeek, (bucket.To - bucket.From).Days)));
    }

    [Theory]
    [InlineData("2030-03-01", "2030-03-15", null, 14, "day")]
    [InlineData("2030-03-01T12:00:00Z", "2030-03-03", null, 2, "day")]
    [InlineData("2030-03-01T00:00:00+01:00", "2030-03-02", "day", 2, "day")]
    [InlineData("2030-01-01", "2030-03-05", null, 10, "week")]
    [InlineData("2029-01-15", "2030-03-05", "month", 15, "month")]
    [InlineData("2028-01-01", "2030-03-01", null, 26, "month")]
    public void The_range_is_divided_without_gap_or_overlap(string from, string to, string? bucket, int count, string unit)
    {
        var period = Period.Parse(from, to, bucket, Now);
        var buckets = period.Buckets.ToList();
        Assert.Equal((count, unit), (buckets.Count, period.Bucket));
        Assert.Equal((period.From, period.To), (buckets[0].From, buckets[^1].To));
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    [Theory]
    [InlineData("yesterday", null, null, "from is 'yesterday'")]
    [InlineData(null, "2030-02-30", null, "to is '2030-02-30'")]
    [InlineData("0001-01-01", null, null, "from is '0001-01-01'")]
    [InlineData("2030-03-01", "2030-03-01", null, "is not before to")]
    [InlineData("2030-03-21", null, null, "is not before to")]
    [InlineData(null, null, "hour", "bucket is 'hour'")]
    [InlineData("2000-01-01", null, "day", "more than 1000 buckets")]
    public void What_is_wrong_is_named(string? from, string? to, string? bucket, string message)
    {
        var refusal = Assert.Throws<ApiException>(() => Period.Parse(from, to, bucket, Now));
        Assert.Equal(400, refusal.Status);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Fix);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(30, 30)]
    [InlineData(90, 14)]
    [InlineData(365, 53)]
    public void The_last_days_end_now_and_begin_with_a_bucket(int days, int buckets)
    {
        var period = Period.LastDays(days, Now);
        Assert.Equal(Now, period.To);
        Assert.Equal(buckets, period.Buckets.Count());
        Assert.Equal(TimeSpan.Zero, period.From.TimeOfDay);
    }
}
