using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Tests.Web;

public sealed class TimesTests
{
    [Theory]
    [InlineData(1, "in a minute")]
    [InlineData(61, "in 2 min")]
    [InlineData(3599, "in 60 min")]
    [InlineData(4 * 3600, "in 4 h")]
    [InlineData(47 * 3600, "in 47 h")]
    [InlineData(72 * 3600, "in 3 days")]
    [InlineData(0, "just now")]
    [InlineData(-3600, "1 h ago")]
    public void How_long_until_then(double seconds, string text) =>
        Assert.Equal(text, Times.Relative(DateTimeOffset.UnixEpoch.AddSeconds(seconds), DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData(-3, "just now")] // the clocks of two servers differ
    [InlineData(4, "just now")]
    [InlineData(44, "40 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(3600, "1 h ago")]
    [InlineData(86_400, "yesterday")]
    [InlineData(172_800, "2 days ago")]
    public void How_long_ago(double seconds, string text) => Assert.Equal(text, Times.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-1, "0.0 s")]
    [InlineData(0.74, "0.7 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(7_810, "2 h 10 min")]
    public void How_long(double seconds, string text) => Assert.Equal(text, Times.Length(TimeSpan.FromSeconds(seconds)));
}
