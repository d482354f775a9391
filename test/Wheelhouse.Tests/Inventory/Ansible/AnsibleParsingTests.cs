using System.Text;
using CsCheck;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Ansible;

namespace Wheelhouse.Tests.Inventory.Ansible;

/// <summary>What Ansible's commands print, and what they never should.</summary>
public sealed class AnsibleParsingTests
{
    private const string Listing = """
        {"_meta": {"hostvars": {"a1": {"ansible_host": "10.0.0.1", "ansible_port": 22, "ansible_ssh_common_args": "-J b", "l": ["x", 1, true, null], "v": {"__ansible_vault": "x"}}}},
         "all": {"children": ["ungrouped", "web"]}, "web": {"children": ["loop"], "hosts": ["a1", "a2"]}, "loop": {"children": ["web"]}}
        """;

    private static readonly string[] Pieces = ["null", "[]", "{}", "\"\"", "-1", "1e999", "\"\\ud800\"", "}", ",", "\u0000", "ü", "$(id)", "[[[[[[[[", "\"{{ x }}\""];
    private static readonly InventoryFiles Files = new(new InventoryOptions());
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["l"] = "l" };

    [Theory]
    [InlineData("-J bastion", "bastion", null)]
    [InlineData("-Ja@b:22,c -C", "a@b:22,c", null)]
    [InlineData("-o StrictHostKeyChecking=no -o 'ProxyJump=b' -J c", "b", null)]
    [InlineData("-oproxyjump=b", "b", null)]
    [InlineData("-o \"ProxyJump b\"", "b", null)]
    [InlineData("-o ProxyJump=none", null, null)]
    [InlineData("-o ProxyCommand='ssh -W %h:%p b'", null, "ssh -W %h:%p b")]
    [InlineData("-o ProxyCommand=none", null, null)]
    [InlineData("-C -o ControlMaster=auto -J", null, null)]
    [InlineData("'", null, null)]
    [InlineData("", null, null)]
    public void Jump_hosts_are_found_among_arguments(string text, string? jump, string? command)
    {
        var found = SshArguments.Parse(text);
        Assert.Equal((jump, command), (found.Jump, found.Command));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("  hosts (3):\n    a\n    b\n")]
    [InlineData("  hosts (99999999999):\n")]
    public void Something_else_than_the_list_of_hosts_is_refused(string output) =>
        Assert.Throws<InventoryException>(() => AnsibleMatches.Parse(Encoding.UTF8.GetBytes(output)));

    [Theory]
    [InlineData("null")]
    [InlineData("""{"_meta": {}}""")]
    [InlineData("""{"_meta": {"hostvars": {"a": 1}}}""")]
    [InlineData("""{"web": {"hosts": [null]}}""")]
    [InlineData("""{"web": {"hosts": {"a": 1}}}""")]
    [InlineData("""{"web": 1}""")]
    [InlineData("""{"web": {"hosts": ["\ud800"]}}""")]
    public void Another_shape_is_refused(string json) => Assert.Throws<InventoryException>(() => AnsibleListing.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Truncated_anywhere_it_is_refused()
    {
        var json = Encoding.UTF8.GetBytes(Listing.Trim());
        for (var length = 0; length < json.Length; length++) Assert.Throws<InventoryException>(() => AnsibleListing.Parse(json.AsMemory(0, length)));
    }

    [Fact]
    public void Groups_in_a_circle_end() =>
        Assert.Equal(["loop", "web"], AnsibleListing.Parse(Encoding.UTF8.GetBytes(Listing)).Find("a2").Groups);

    [Fact]
    public void Whatever_comes_is_nodes_or_an_error_with_a_sentence() =>
        Gen.Select(Gen.Int[0, Listing.Length - 1], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.Int[0, 6])
            .Sample((at, piece, removed) =>
            {
                var text = Listing[..at] + piece + Listing[Math.Min(Listing.Length, at + removed)..];
                try
                {
                    _ = AnsibleListing.Parse(Encoding.UTF8.GetBytes(text)).Find("a1").ToNode(Labels, Files).FindProblem();
                }
                catch (InventoryException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            });
}
