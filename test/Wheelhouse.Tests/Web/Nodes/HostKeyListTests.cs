using Wheelhouse.Contracts.Nodes;
using Wheelhouse.Server.Web.Nodes;

namespace Wheelhouse.Tests.Web.Nodes;

public sealed class HostKeyListTests
{
    private static readonly HostKeyList Keys = new(
    [
        Key("app1", "trusted", "SHA256:a"), Key("app10", "new", "SHA256:b"), Key("app2", "new", "SHA256:b"), Key("app3", "changed", "SHA256:c"),
        Key("app4", "unknown", "") with { Error = "It refused the connection." },
    ]);

    [Fact]
    public void What_needs_a_person_comes_first_and_the_worst_at_the_top()
    {
        Assert.Equal(["app3", "app2", "app10", "app4"], Keys.Open.Select(key => key.Node));
        Assert.Equal(["app1"], Keys.Trusted.Select(key => key.Node));
        Assert.Equal("5 host keys: 1 changed, 2 not trusted yet, 1 not read, 1 trusted.", Keys.Summary());
    }

    [Fact]
    public void Changed_keys_are_never_trusted_with_the_others() => Assert.Equal(["SHA256:b"], Keys.NewFingerprints);

    [Theory]
    [InlineData("ssh-ed25519", "ed25519")]
    [InlineData("ecdsa-sha2-nistp256", "ecdsa")]
    [InlineData("ssh-rsa", "rsa")]
    public void The_command_prints_the_same_key_on_the_node(string algorithm, string kind) =>
        Assert.Equal($"ssh-keygen -lf /etc/ssh/ssh_host_{kind}_key.pub", HostKeyList.CommandFor(Key("app1", "new", "SHA256:a") with { Algorithm = algorithm }));

    private static HostKeyView Key(string node, string status, string fingerprint) =>
        new(node, node, 22, "ssh-ed25519", fingerprint, status, "", Error: null);
}
