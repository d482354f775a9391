using CsCheck;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Tests.Documents;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("0.5s", 0.5)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1m30s250ms", 90.25)]
    [InlineData("168h", 604800)]
    public void Units_are_read(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("30 s")]
    [InlineData("30S")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("30s1m")]
    [InlineData("1d")]
    [InlineData("168h1ms")]
    [InlineData("999999999h")]
    [InlineData("9999999999s")]
    [InlineData("30s\n")]
    [InlineData("٣s")]
    public void Anything_else_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_again() => Gen.Long[0, (long)Duration.Longest.TotalMilliseconds].Sample(milliseconds =>
        Duration.TryParse(Duration.Format(TimeSpan.FromMilliseconds(milliseconds)), out var again) && again == TimeSpan.FromMilliseconds(milliseconds));
}
