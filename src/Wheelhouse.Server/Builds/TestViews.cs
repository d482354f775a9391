using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Server.Builds;

/// <summary>Shows what tests said.</summary>
internal static class TestViews
{
    public static BuildTestsView Of(TestReport report) => new(
        report.Passed, report.Failed, report.Skipped, report.Seconds,
        [.. report.Failures.Select(failure => new BuildTestFailureView(failure.Name, failure.Message, failure.Output))],
        [.. report.Slowest.Select(test => new BuildTestTimeView(test.Name, test.Seconds))]);
}
