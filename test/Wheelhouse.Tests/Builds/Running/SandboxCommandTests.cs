using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Tests.Builds.Running;

public sealed class SandboxCommandTests
{
    /// <summary>As systemd starts a server that may listen on port 443: bwrap itself refuses to run with a capability.</summary>
    [Fact]
    public async Task A_server_with_a_right_of_its_own_gets_a_sandbox_without_it()
    {
        Assert.SkipWhen(Environment.UserName != "root", "Only root gives capabilities away.");
        var plan = new SandboxPlan(null, new BuildLimits(), "/usr/bin/python3", HasNetwork: false, []);
        var finished = await ChildProcess.RunAsync(
            "setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service", .. SandboxCommand.For(plan, ["sh", "-c", "grep CapEff /proc/self/status"])],
            TestContext.Current.CancellationToken);
        Assert.Equal((0, "CapEff:\t0000000000000000"), (finished.ExitCode, finished.Output.Trim()));
    }
}
