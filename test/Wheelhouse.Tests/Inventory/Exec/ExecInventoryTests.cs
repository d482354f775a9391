using System.Text;
using CsCheck;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Exec;

namespace Wheelhouse.Tests.Inventory.Exec;

public sealed class ExecInventoryTests : InventoryProviderContract, IDisposable
{
    private const string Printed = """[{"name": "app1", "address": "10.0.0.1", "port": 22, "labels": {"zone": "a"}}, "deploy@app2:2222", "[2001:db8::1]"]""";
    private static readonly string[] Pieces = ["null", "[]", "{}", "\"\"", "-1", "1e999", "\"\\ud800\"", "}", ",", "\u0000", "ü", "$(id)", "[[[[[[[[", "\n# x\n", "; reboot", "::1"];

    private readonly TempFolder _folder = new("wh-exec");

    public ExecInventoryTests()
    {
        Provider = new ExecInventory(new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] }));
        TwoNodes = $"[{_folder.WriteScript("two", "printf 'app1\\napp2\\n'")}]";
    }

    protected override IInventoryProvider Provider { get; }

    protected override string TwoNodes { get; }

    [Fact]
    public async Task Lines_are_hosts()
    {
        var nodes = await RunAsync("printf '# ours\\n\\n  app1 \\r\\ndeploy@app2:2222\\n[2001:db8::1]:22\\n#end'");
        Assert.Equal(
            [("app1", null, null), ("app2", "deploy", 2222), ("2001:db8::1", null, 22)], nodes.Select(node => (node.Name, node.User, node.Port)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n  ")]
    public async Task Json_is_a_list_of_text_and_objects(string before)
    {
        _folder.Write("reply", before + Printed);
        var nodes = await RunAsync("cat reply");
        Assert.Equal(["app1", "app2", "2001:db8::1"], nodes.Select(node => node.Name));
        Assert.Equal(("10.0.0.1", 22, "a"), (nodes[0].Address, nodes[0].Port, nodes[0].Labels["zone"]));
    }

    [Fact]
    public async Task Arguments_are_given_as_they_are()
    {
        var script = _folder.WriteScript("echo", "for name in \"$@\"; do echo \"$name\"; done");
        var nodes = await FindAsync($"{{ command: [{script}, app1, 'app$((1+1))'] }}", "a character that means something to a shell");
        Assert.Null(nodes);
        Assert.Equal(["app1", "app3"], (await FindAsync($"[{script}, app1, app3]"))!.Select(node => node.Name));
    }

    [Theory]
    [InlineData("echo boom >&2; exit 7", "exited with 7: boom")]
    [InlineData("", "printed nothing")]
    [InlineData("echo '# none'", "only comments")]
    [InlineData("echo app1; echo app2 app3", "line 2: The name of the node 'app2 app3' contains white space")]
    [InlineData("echo app1; echo; echo -oProxyCommand=x", "line 3: ")]
    [InlineData("echo app1:port", "line 1: 'app1:port' has the port 'port'")]
    [InlineData("echo 2001:db8::1", "write it in brackets")]
    [InlineData("printf 'app\\377'", "not UTF-8")]
    [InlineData("echo '{\"web\": {\"hosts\": []}}'", "belongs under 'ansible'")]
    [InlineData("echo '[\"app1\", '", "not valid JSON")]
    [InlineData("echo '[{\"port\": 22}]'", "entry 0 of the nodes")]
    public async Task What_is_no_list_of_hosts_is_an_error(string script, string message) =>
        Assert.Null(await FindAsync($"[{_folder.WriteScript("program", script)}]", message));

    [Fact]
    public async Task An_empty_list_has_no_nodes() => Assert.Empty(await RunAsync("echo '[]'"));

    [Theory]
    [InlineData("/bin/echo", "does not lie in")]
    [InlineData("none", "does not exist")]
    [InlineData("plain", "Permission denied")]
    public async Task Only_programs_that_may_be_used_are_run(string path, string message)
    {
        _folder.Write("plain", "app1\n");
        Assert.Null(await FindAsync($"[{Path.Combine(_folder.Root, path)}]", message));
    }

    [Theory]
    [InlineData("[]", "is empty")]
    [InlineData("[hosts]", "not an absolute path")]
    public void A_command_that_cannot_be_run_is_refused(string yaml, string message) => Assert.Contains(message, Assert.Single(FindErrors(yaml)).Message);

    [Fact]
    public void Truncated_json_is_never_a_shorter_list()
    {
        for (var length = 1; length < Printed.Length; length++) Assert.Throws<InventoryException>(() => Read(Printed[..length]));
    }

    [Fact]
    public void Whatever_is_printed_is_nodes_or_an_error_with_a_sentence() =>
        Gen.Select(Gen.Int[0, Printed.Length], Gen.Int[0, Pieces.Length - 1], Gen.Int[0, 9]).Sample((at, piece, removed) =>
        {
            try
            {
                _ = Read(Printed[..at] + Pieces[piece] + Printed[Math.Min(Printed.Length, at + removed)..]).Select(node => node.FindProblem()).ToList();
            }
            catch (InventoryException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<InventoryNode> Read(string text) => PrintedNodes.Read(Encoding.UTF8.GetBytes(text), flaw => new InventoryException(flaw, null));

    private async Task<IReadOnlyList<InventoryNode>> RunAsync(string script) => (await FindAsync($"[{_folder.WriteScript("program", script)}]"))!;

    /// <summary>Finds the nodes; with a message, checks that none are found for that reason.</summary>
    private async Task<IReadOnlyList<InventoryNode>?> FindAsync(string yaml, string? message = null)
    {
        var find = Provider.FindAsync(Bind(yaml), new InventoryContext("billing", "production"), TestContext.Current.CancellationToken);
        if (message is null) return (await find).Nodes;
        Assert.Contains(message, (await Assert.ThrowsAsync<InventoryException>(() => find)).Message, StringComparison.Ordinal);
        return null;
    }
}
