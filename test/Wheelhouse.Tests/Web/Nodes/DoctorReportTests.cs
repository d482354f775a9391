using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Server.Web.Nodes;

namespace Wheelhouse.Tests.Web.Nodes;

public sealed class DoctorReportTests
{
    [Fact]
    public void Failures_come_before_warnings_each_by_node()
    {
        var report = new DoctorReport(12);
        report.Add(Finding("app10", "disk", "warning"));
        report.Add(Finding("app2", "disk", "warning"));
        report.Add(Finding("app10", "python", "ok"));
        report.Add(Finding("app3", "reachable", "failed"));
        report.Add(Finding("app3", "clock", "skipped"));
        Assert.Equal(["app3 reachable", "app2 disk", "app10 disk"], report.Problems.Select(finding => $"{finding.Node} {finding.Check}"));
        Assert.Equal(["app3 clock", "app10 python"], report.Passed.Select(finding => $"{finding.Node} {finding.Check}"));
        Assert.Equal((3, 12), (report.Done, report.Nodes));
        Assert.Equal("1 failed, 2 warnings, 1 skipped, 1 ok", report.Summary());
    }

    [Theory]
    [InlineData("host_key", "failed", true)]
    [InlineData("host_key", "ok", false)]
    [InlineData("login", "failed", false)]
    public void A_host_key_that_is_not_trusted_is_told_apart(string check, string status, bool expected)
    {
        var report = new DoctorReport(1);
        report.Add(Finding("app1", check, status));
        Assert.Equal(expected, report.HasUntrustedKeys);
    }

    private static DoctorFinding Finding(string node, string check, string status) => new(node, check, status, "It is so.", Fix: null);
}
