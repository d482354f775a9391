using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Nodes.Doctor;

namespace Wheelhouse.Tests.Nodes.Doctor;

public sealed class NodeDoctorTests
{
    [Theory]
    [InlineData(NodeConnectException.HostKeyUnknown, "host_key")]
    [InlineData(NodeConnectException.HostKeyChanged, "host_key")]
    [InlineData(NodeConnectException.AuthFailed, "login")]
    [InlineData(NodeConnectException.PythonMissing, "python")]
    [InlineData(NodeConnectException.Unreachable, "reachable")]
    public void A_node_that_is_not_reached_fails_with_what_to_do(string code, string check)
    {
        var finding = Assert.Single(NodeDoctor.Read(SshLab.Node(22), NodeReport.Failed(new NodeFault(code, "wrong", "do this"))));
        Assert.Equal((check, "failed", "wrong", "do this"), (finding.Check, finding.Status, finding.Message, finding.Fix));
    }

    [Fact]
    public void What_the_payload_finds_follows_the_connection()
    {
        const string Result = """{"findings": [{"check": "disk", "status": "warning", "message": "little room", "fix": "make room"}]}""";
        var findings = NodeDoctor.Read(SshLab.Node(22), NodeReport.Succeeded(Result));
        Assert.Equal(["reachable ok", "host_key ok", "disk warning"], findings.Select(finding => $"{finding.Check} {finding.Status}"));
    }
}
