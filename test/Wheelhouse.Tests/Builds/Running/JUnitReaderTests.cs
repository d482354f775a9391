using System.Text;
using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Tests.Builds.Running;

/// <summary>A report comes from the project's code: it may be anything.</summary>
public sealed class JUnitReaderTests
{
    private const string Laughs = "<!DOCTYPE x [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><testsuite><testcase name=\"&c;\"/></testsuite>";

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<testsuite><testcase name='a'>")]
    [InlineData(Laughs)]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><testsuite/>")]
    public void What_is_no_report_is_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_million_tests_are_counted_and_only_a_few_are_kept()
    {
        var text = new StringBuilder("<testsuite>");
        for (var test = 0; test < 1_000_000; test++) text.Append("<testcase name='t").Append(test).Append("' time='").Append(test == 500 ? 7 : 0).Append(test % 2 == 0 ? "'><failure/></testcase>" : "'/>");
        var report = Read(text.Append("</testsuite>").ToString())!;
        Assert.Equal((500_000, 500_000, 100, 10), (report.Passed, report.Failed, report.Failures.Count, report.Slowest.Count));
        Assert.Equal(("t500", 7d), (report.Slowest[0].Name, report.Slowest[0].Seconds));
    }

    [Fact]
    public void A_module_that_cannot_be_imported_says_why()
    {
        var report = Read("<testsuite><testcase classname='' name='tests.test_a'><error message='collection failure'>ImportError while importing\nE   ModuleNotFoundError: No module named 'flask'</error></testcase></testsuite>")!;
        Assert.Equal(("tests.test_a", "ModuleNotFoundError: No module named 'flask'"), (report.Failures[0].Name, report.Failures[0].Message));
    }

    [Fact]
    public void Elements_within_elements_without_end_harm_nobody() =>
        Assert.Null(Read(string.Concat(Enumerable.Repeat("<a>", 1_000_000))));

    [Fact]
    public void Nothing_that_a_terminal_would_obey_comes_through()
    {
        var report = Read("<testsuite><testcase name='a&#27;[2Jb&#0;'><failure message='m&#27;]0;x&#7;&#xD800;'>one&#27;[31m&#10;two</failure></testcase></testsuite>")!;
        var failure = Assert.Single(report.Failures);
        Assert.Equal("ab\ufffd", failure.Name);
        Assert.Equal("one\ntwo", failure.Output);
        Assert.DoesNotContain('\x1b', failure.Message);
    }

    [Fact]
    public void Long_names_messages_and_outputs_are_cut()
    {
        var text = new string('x', 100_000);
        var failure = Assert.Single(Read($"<testsuite><testcase name='{text}'><failure message='{text}'>{text}</failure><system-out>{text}</system-out></testcase></testsuite>")!.Failures);
        Assert.Equal((500, 500, 16_000), (failure.Name.Length, failure.Message.Length, failure.Output.Length));
    }

    private static TestReport? Read(string text) => JUnitReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
