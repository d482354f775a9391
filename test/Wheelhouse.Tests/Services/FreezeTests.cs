using System.Globalization;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Tests.Services;

public sealed class FreezeTests
{
    private const string Weekend = "days: [fri, sat, sun], from: \"16:00\", until: \"16:00\", time_zone: Europe/Berlin";
    private const string Nights = "days: [mon, tue, wed, thu, fri, sat, sun], from: \"20:00\", until: \"06:30\", time_zone: Europe/Berlin";

    /// <summary>In winter Berlin is an hour ahead of UTC, in summer two.</summary>
    [Theory]
    // Once
    [InlineData("from: 2030-12-20T18:00, until: 2031-01-02T08:00", "2030-12-20T17:59:59Z", null, null)]
    [InlineData("from: 2030-12-20T18:00, until: 2031-01-02T08:00", "2030-12-20T18:00Z", "2030-12-20T18:00Z", "2031-01-02T08:00Z")]
    [InlineData("from: 2030-12-20T18:00, until: 2031-01-02T08:00", "2031-01-02T08:00Z", null, null)]
    [InlineData("from: 2030-12-20 18:00, until: 2031-01-02T08:00, time_zone: Europe/Berlin", "2030-12-20T17:00Z", "2030-12-20T17:00Z", "2031-01-02T07:00Z")]
    [InlineData("from: 2030-12-20T18:00+05:30, until: 2031-01-02T08:00:30Z, time_zone: Europe/Berlin", "2030-12-20T12:30Z", "2030-12-20T12:30Z", "2031-01-02T08:00:30Z")]
    // Whole days: they touch and are one
    [InlineData("days: [sat, sun]", "2030-06-07T23:59Z", null, null)]
    [InlineData("days: [sat, sun]", "2030-06-08T00:00Z", "2030-06-08T00:00Z", "2030-06-10T00:00Z")]
    [InlineData("days: [sat, sun]", "2030-06-09T23:59Z", "2030-06-08T00:00Z", "2030-06-10T00:00Z")]
    [InlineData("days: [sat, sun]", "2030-06-10T00:00Z", null, null)]
    // A part of a day
    [InlineData("days: [wed], from: \"09:00\", until: \"17:30\"", "2030-06-05T08:59Z", null, null)]
    [InlineData("days: [wed], from: \"09:00\", until: \"17:30\"", "2030-06-05T17:29Z", "2030-06-05T09:00Z", "2030-06-05T17:30Z")]
    [InlineData("days: [wed], from: \"09:00\", until: \"17:30\"", "2030-06-05T17:30Z", null, null)]
    [InlineData("days: [wed], from: \"09:00\", until: \"17:30\"", "2030-06-06T10:00Z", null, null)]
    [InlineData("days: [wed], from: \"16:00\"", "2030-06-05T23:59Z", "2030-06-05T16:00Z", "2030-06-06T00:00Z")]
    // Over midnight, in a zone
    [InlineData(Weekend, "2030-06-07T13:59Z", null, null)]
    [InlineData(Weekend, "2030-06-07T14:00Z", "2030-06-07T14:00Z", "2030-06-10T14:00Z")]
    [InlineData(Weekend, "2030-06-10T13:59Z", "2030-06-07T14:00Z", "2030-06-10T14:00Z")]
    [InlineData(Weekend, "2030-06-10T14:00Z", null, null)]
    [InlineData(Nights, "2030-01-15T05:29Z", "2030-01-14T19:00Z", "2030-01-15T05:30Z")]
    [InlineData(Nights, "2030-01-15T12:00Z", null, null)]
    [InlineData("days: [fri], from: \"22:00\", until: \"02:00\"", "2030-06-08T01:59Z", "2030-06-07T22:00Z", "2030-06-08T02:00Z")]
    [InlineData("days: [fri], from: \"22:00\", until: \"02:00\"", "2030-06-09T01:00Z", null, null)]
    // Over the change to summer time: on 2030-03-31 the clocks jump from 02:00 to 03:00
    [InlineData(Nights, "2030-03-31T04:29Z", "2030-03-30T19:00Z", "2030-03-31T04:30Z")]
    [InlineData("days: [sun], from: \"02:30\", until: \"05:00\", time_zone: Europe/Berlin", "2030-03-31T01:00Z", "2030-03-31T01:00Z", "2030-03-31T03:00Z")]
    [InlineData("days: [sun], from: \"01:00\", until: \"02:30\", time_zone: Europe/Berlin", "2030-03-31T00:59Z", "2030-03-31T00:00Z", "2030-03-31T01:00Z")]
    [InlineData("days: [sun], from: \"01:00\", until: \"02:30\", time_zone: Europe/Berlin", "2030-03-31T01:00Z", null, null)]
    [InlineData("days: [sun], from: \"02:10\", until: \"02:50\", time_zone: Europe/Berlin", "2030-03-31T01:00Z", null, null)]
    // Over the change back: on 2030-10-27 they show 02:00 to 03:00 twice, and the window holds for both
    [InlineData("days: [sun], from: \"02:15\", until: \"02:45\", time_zone: Europe/Berlin", "2030-10-27T00:14Z", null, null)]
    [InlineData("days: [sun], from: \"02:15\", until: \"02:45\", time_zone: Europe/Berlin", "2030-10-27T01:44Z", "2030-10-27T00:15Z", "2030-10-27T01:45Z")]
    [InlineData("days: [sun], from: \"02:15\", until: \"02:45\", time_zone: Europe/Berlin", "2030-10-27T01:45Z", null, null)]
    [InlineData("days: [sat, sun], time_zone: Europe/Berlin", "2030-10-27T22:59Z", "2030-10-25T22:00Z", "2030-10-27T23:00Z")]
    [InlineData("from: 2030-10-27T02:30, until: 2030-10-27T02:45, time_zone: Europe/Berlin", "2030-10-27T01:00Z", "2030-10-27T00:30Z", "2030-10-27T01:45Z")]
    // Beyond the date line, where Friday begins on Thursday of UTC
    [InlineData("days: [fri], from: \"08:00\", until: \"10:00\", time_zone: Pacific/Kiritimati", "2030-06-06T18:00Z", "2030-06-06T18:00Z", "2030-06-06T20:00Z")]
    [InlineData("days: [fri], from: \"08:00\", until: \"10:00\", time_zone: Pacific/Kiritimati", "2030-06-07T09:00Z", null, null)]
    public void A_window_holds_from_its_first_moment_to_its_last(string window, string now, string? from, string? until)
    {
        var period = Read(window).Find(Moment(now)!.Value);

        Assert.Equal(Moment(from), period?.From);
        Assert.Equal(Moment(until), period?.Until);
    }

    [Fact]
    public void Windows_that_touch_for_ever_have_no_end()
    {
        var period = Read("days: [mon, tue, wed, thu, fri, sat, sun], from: \"12:00\", until: \"12:00\", time_zone: Europe/Berlin").Find(Moment("2030-06-05T00:00Z")!.Value);

        Assert.NotNull(period);
        Assert.Null(period.Until);
    }

    /// <summary>Each minute of the two weeks around both changes of the clocks, against the clocks themselves.</summary>
    [Theory]
    [InlineData("2030-03-24T00:00Z")]
    [InlineData("2030-10-20T00:00Z")]
    public void Every_minute_is_as_the_clocks_of_the_zone_say(string start)
    {
        var (nights, berlin) = (Read(Nights), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        for (var now = Moment(start)!.Value; now < Moment(start)!.Value.AddDays(14); now = now.AddMinutes(1))
        {
            var clock = TimeZoneInfo.ConvertTime(now, berlin).TimeOfDay;
            Assert.Equal(clock >= TimeSpan.FromHours(20) || clock < TimeSpan.FromHours(6.5), nights.Find(now) is not null);
        }
    }

    [Theory]
    [InlineData("reason: x, days: [friday]", "days[0]", "'friday' is not a day", "sun, mon")]
    [InlineData("reason: x, days: [fry]", "days[0]", "'fry' is not a day", "Did you mean 'fri'?")]
    [InlineData("reason: x, days: []", "days", "list of days is empty", "[fri, sat, sun]")]
    [InlineData("reason: x, days: fri", "days", "must be a list", "")]
    [InlineData("reason: x, days: [fri], from: 4pm", "from", "'4pm' is not a time of day", "16:00")]
    [InlineData("reason: x, days: [fri], from: \"24:00\"", "from", "cannot begin at 24:00", "00:00")]
    [InlineData("reason: x, days: [fri], until: 2030-12-20T18:00", "until", "is not a time of day", "16:00")]
    [InlineData("reason: x, days: [fri], time_zone: Europe/Berlyn", "time_zone", "knows no time zone 'Europe/Berlyn'", "Europe/Berlin")]
    [InlineData("reason: x, days: [fri], til: \"16:00\"", "til", "not a known key", "until")]
    [InlineData("days: [fri]", "reason", "'reason' is missing", "reason: …")]
    [InlineData("reason: \" \", days: [fri]", "reason", "is blank", "")]
    [InlineData("reason: x, until: 2030-12-20T18:00", "from", "'from' is missing", "days: [fri, sat, sun]")]
    [InlineData("reason: x, from: 2030-12-20T18:00", "until", "'until' is missing", "days: [fri, sat, sun]")]
    [InlineData("reason: x, from: \"16:00\", until: 2030-12-20T18:00", "from", "'16:00' has no date", "days: [fri, sat, sun]")]
    [InlineData("reason: x, from: 2030-12-20, until: 2030-12-21T00:00", "from", "is not a date with a time", "2030-12-20T18:00")]
    [InlineData("reason: x, from: 2030-12-20T18:00, until: 2030-12-20T18:00", "until", "ends before it begins", "'from' before 'until'")]
    public void Each_mistake_is_told_with_its_line_and_what_to_write(string window, string field, string message, string fix)
    {
        var errors = DocumentParsing.Parser.Parse(With($"{{ {window} }}")).Errors;

        Assert.True(
            errors is [var error] && error.Line == 35 && error.Field == $"environments[0].freezes[0].{field}"
                && error.Message.Contains(message, StringComparison.Ordinal) && (error.Fix ?? "").Contains(fix, StringComparison.Ordinal),
            string.Join("; ", errors));
    }

    private static FreezeDocument Read(string window)
    {
        var parsed = DocumentParsing.Parser.Parse(With($"{{ reason: because, {window} }}"));
        Assert.Empty(parsed.Errors);
        return Assert.Single(Assert.Single(parsed.Services).Document.Find("staging")!.Freezes);
    }

    private static string With(string window) =>
        DocumentParsing.Billing.Replace("    deploy: automatic\n", $"    deploy: automatic\n    freezes:\n      - {window}\n", StringComparison.Ordinal);

    private static DateTimeOffset? Moment(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
