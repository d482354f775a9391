using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Web.Builds;

namespace Wheelhouse.Tests.Web.Builds;

public sealed class BuildStepLineTests
{
    [Theory]
    [InlineData(BuildStates.Queued, "", "later later later later later later")]
    [InlineData(BuildStates.Running, "fetch checkout", "done now later later later later")]
    [InlineData(BuildStates.Failed, "fetch checkout requirements build test", "done done done done broke never")]
    [InlineData(BuildStates.Cancelled, "fetch", "stopped never never never never never")]
    [InlineData(BuildStates.Succeeded, "fetch checkout build publish", "done done done done")]
    [InlineData(BuildStates.Succeeded, "publish", "done")]
    [InlineData(BuildStates.Skipped, "fetch", "done")]
    [InlineData(BuildStates.Running, "fetch something-new", "done now later later later later later later")]
    public void Steps_say_how_far_it_is(string state, string begun, string expected)
    {
        var build = new BuildView
        {
            Id = "b1",
            Project = "acme",
            By = "ada",
            Trigger = BuildTriggers.Push,
            State = state,
            Steps = [.. begun.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => new BuildStepView(step, default, EndedAt: null))],
        };
        Assert.Equal(expected, string.Join(' ', BuildStepLine.Of(build).Select(step => step.State)));
    }
}
