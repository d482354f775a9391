using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Files;
using Wheelhouse.Tests.Inventory.Asking;

namespace Wheelhouse.Tests.Inventory.Files;

public sealed class FileInventoryTests : InventoryProviderContract, IDisposable
{
    private const string Json = """[{"targets":["app1:9100","app1:8000"],"labels":{"zone":"a"}},{"targets":["app2:9100"]}]""";

    private const string Yaml = """
        # Two nodes.
        - targets: ['app1:9100', "app1:8000"]
          labels: { zone: a, rack: 7 }
        - targets: [app2:9100]
          labels:
        """;

    private static readonly InventoryContext Context = new("billing", "production");

    private readonly TempFolder _folder = new("wh-file");
    private readonly FakeTimeProvider _time = new();
    private readonly InventoryFiles _files;

    public FileInventoryTests()
    {
        _folder.Write("nodes.json", Json);
        _files = new InventoryFiles(new InventoryOptions { Paths = [_folder.Root] });
        Provider = new FileInventory(_files, _time);
    }

    protected override IInventoryProvider Provider { get; }

    protected override string TwoNodes => _folder["nodes.json"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Yaml_says_the_same_as_json()
    {
        var nodes = (await FindAsync(_folder.Write("nodes.yml", Yaml))).Nodes;
        Assert.Equal(["app1", "app2"], nodes.Select(node => node.Name));
        Assert.Equal(new Dictionary<string, string> { ["__address__"] = "app1:9100", ["zone"] = "a", ["rack"] = "7" }, nodes[0].Labels);
    }

    [Fact]
    public async Task Several_files_are_read_in_the_order_of_their_names_and_hidden_ones_are_not()
    {
        _folder.Write("d/2.json", """[{"targets":["app1","app4"],"labels":{"job":"second"}}]""");
        _folder.Write("d/1.json", """[{"targets":["app3","app1"]}]""");
        _folder.Write("d/.3.json", "half of");
        _folder.Write("d/4.yml", "half of");
        var nodes = (await FindAsync(_folder["d/*.json"])).Nodes;
        Assert.Equal(["app3", "app1", "app4"], nodes.Select(node => node.Name));
        Assert.Equal("second", nodes[1].Labels["job"]);
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(_folder["d/*.yaml"]));
        Assert.StartsWith("No file is named", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_elsewhere_are_neither_read_nor_listed()
    {
        foreach (var path in new[] { "/etc/os-release.json", "/etc/*.json", "/usr/share/*.yml" })
        {
            var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(path));
            Assert.Matches("does not lie in|does not exist", error.Message);
        }
    }

    [Theory]
    [InlineData("x.json", "", "it is not JSON (line 1, byte 1)")]
    [InlineData("x.json", """[{"targets":["app1"]}""", "it is not JSON")]
    [InlineData("x.json", """[{"targets":"app1"}]""", "'targets' is not a list, in group 0")]
    [InlineData("x.yml", "", "it is empty")]
    [InlineData("x.yml", "- targets: [app1", ": This is not YAML")]
    [InlineData("x.yml", "- targets: [app1]\n---\n- targets: [app2]\n", "several documents")]
    [InlineData("x.yml", "- targets: [app1]\n  targets: [app2]\n", "line 2: The key 'targets' is given twice")]
    [InlineData("x.yml", "- target: [app1]\n", "the key 'target' is unknown")]
    public async Task A_file_that_is_not_whole_is_an_error_and_never_fewer_nodes(string name, string text, string message)
    {
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(_folder.Write(name, text)));
        Assert.StartsWith($"{_folder[name]} cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("rename", error.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nodes.json", "is not an absolute path")]
    [InlineData("/etc/wheelhouse/nodes.txt", "neither .json, .yml nor .yaml")]
    [InlineData("/etc/*/nodes.json", "before its last part")]
    public void A_path_that_cannot_be_one_is_refused_when_it_is_applied(string path, string message)
    {
        Assert.Contains(message, Assert.Single(FindErrors($"'{path}'")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_the_file_has_ends_in_nodes_or_in_an_inventory_error()
    {
        foreach (var text in FuzzedJson.Truncated(Json)) await Assert.ThrowsAsync<InventoryException>(() => FindAsync(_folder.Write("x.json", text)));
        var yaml = FuzzedJson.Truncated(Yaml).Concat(FuzzedJson.Changed(Json)).Append("&a [*a, *a]").Append("!!binary x").Append("\0").Append("- ? [a]\n  : b");
        foreach (var (name, texts) in new[] { ("x.json", FuzzedJson.Changed(Json)), ("x.yml", yaml) })
        {
            foreach (var text in texts)
            {
                var error = await Record.ExceptionAsync(() => FindAsync(_folder.Write(name, text)));
                Assert.True(error is null or InventoryException { Message.Length: < 1000 }, $"{text} → {error}");
            }
        }
    }

    [Fact]
    public async Task A_change_is_noticed_when_it_is_made_by_a_rename()
    {
        var version = (await FindAsync(TwoNodes)).Version!;
        var waiting = WaitForTheWatcherAsync(TwoNodes, version);
        File.Move(_folder.Write("new.tmp", """[{"targets":["app3"]}]"""), _folder["nodes.json"], overwrite: true);
        await waiting;
        Assert.Equal(["app3"], (await FindAsync(TwoNodes)).Nodes.Select(node => node.Name));
    }

    [Fact]
    public async Task A_change_is_noticed_when_a_link_is_swapped_as_kubernetes_does()
    {
        _folder.Write("map/..1/nodes.json", Json);
        _folder.Write("map/..2/nodes.json", """[{"targets":["app3"]}]""");
        Directory.CreateSymbolicLink(_folder["map/..data"], "..1");
        File.CreateSymbolicLink(_folder["map/nodes.json"], "..data/nodes.json");
        var path = _folder["map/nodes.json"];
        var waiting = WaitForTheWatcherAsync(path, (await FindAsync(path)).Version!);
        Directory.CreateSymbolicLink(_folder["map/..data_tmp"], "..2");
        using (var rename = Process.Start("mv", ["-T", _folder["map/..data_tmp"], _folder["map/..data"]])) await rename.WaitForExitAsync(Token);
        await waiting;
        Assert.Equal(["app3"], (await FindAsync(path)).Nodes.Select(node => node.Name));
    }

    [Fact]
    public async Task A_change_that_nothing_tells_is_noticed_by_the_poll()
    {
        _folder.Write("elsewhere/real.json", Json);
        Directory.CreateDirectory(_folder["linked"]);
        File.CreateSymbolicLink(_folder["linked/nodes.json"], _folder["elsewhere/real.json"]);
        var path = _folder["linked/nodes.json"];
        var waiting = WaitAsync(path, (await FindAsync(path)).Version!);
        _folder.Write("elsewhere/real.json", """[{"targets":["app3"]}]""");
        await PassTimeUntilAsync(waiting);
    }

    [Fact]
    public async Task A_change_that_already_was_is_told_at_once_and_a_file_that_is_gone_is_an_error()
    {
        await WaitAsync(TwoNodes, "another version");
        var version = (await FindAsync(TwoNodes)).Version!;
        File.Delete(TwoNodes);
        await Assert.ThrowsAsync<InventoryException>(() => WaitAsync(TwoNodes, version));
    }

    [Fact]
    public async Task Waiting_ends_when_nobody_waits_any_more()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var version = (await FindAsync(TwoNodes)).Version!;
        var waiting = ((IWatchableInventory)Provider).WaitForChangeAsync(Bind(TwoNodes), Context, version, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task<InventoryResult> FindAsync(string path) => Provider.FindAsync(Bind($"'{path}'"), Context, Token);

    private Task WaitAsync(string path, string version) => ((IWatchableInventory)Provider).WaitForChangeAsync(Bind($"'{path}'"), Context, version, Token);

    /// <summary>Waits by the real clock, and less long than until the poll.</summary>
    private Task WaitForTheWatcherAsync(string path, string version) =>
        new FileInventory(_files, TimeProvider.System).WaitForChangeAsync(Bind($"'{path}'"), Context, version, Token).WaitAsync(FileInventory.Poll * 0.8, Token);

    /// <summary>Lets the inventory's clock run until it has noticed.</summary>
    private Task PassTimeUntilAsync(Task waiting) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return waiting.IsCompletedSuccessfully;
        },
        "the change to be noticed", TimeSpan.FromSeconds(30), Token);
}
