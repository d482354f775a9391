using System.Globalization;
using System.Text;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A number of nodes that can be logged in to with one key.</summary>
public sealed class Fleet : IAsyncDisposable
{
    private Fleet(TempFolder folder) => Folder = folder;

    public TempFolder Folder { get; }

    public IReadOnlyList<TestNode> Nodes { get; private set; } = [];

    /// <summary>Where every node sees its own files: <c>etc</c>, <c>run</c> and <c>srv</c>.</summary>
    public string Place => Folder["node"];

    /// <summary>The private key that may log in.</summary>
    public string Key => Folder["key"];

    public TestNode this[int index] => Nodes[index];

    /// <summary>Boots nodes named <c>app1</c> and so on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="token">Ends the start.</param>
    /// <param name="address">Gives a node's address by its number; null for the same loopback address for all, each with a port of its own.</param>
    /// <param name="port">The port of every sshd; null for a free one each.</param>
    public static async Task<Fleet> StartAsync(int count, CancellationToken token, Func<int, string>? address = null, int? port = null)
    {
        var fleet = new Fleet(new TempFolder("wh-fleet"));
        await ChildProcess.CheckAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "wheelhouse-test", "-f", fleet.Key], token);
        Directory.CreateDirectory(fleet.Place);
        fleet.Nodes = [.. Enumerable.Range(1, count).Select(number =>
            new TestNode($"app{number}", fleet.Folder[$"app{number}"], fleet.Place, fleet.Key + ".pub")
            {
                Address = address?.Invoke(number) ?? "127.0.0.1",
                Port = port ?? FreePort.Take(),
            })];
        await Task.WhenAll(fleet.Nodes.Select(node => node.StartAsync(token)));
        return fleet;
    }

    /// <summary>Boots nodes as inventories know them: each with an address of its own, all with the same port.</summary>
    public static Task<Fleet> StartApartAsync(int count, CancellationToken token)
    {
        var network = string.Create(CultureInfo.InvariantCulture, $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(256)}");
        return StartAsync(count, token, number => string.Create(CultureInfo.InvariantCulture, $"{network}.{number}"), FreePort.Take());
    }

    /// <summary>The versions that the nodes' services say, in the nodes' order; <c>-</c> where nothing answers.</summary>
    public async Task<string> VersionsAsync(CancellationToken token, string service = HelloService.DefaultName)
    {
        var versions = await Task.WhenAll(Nodes.Select(node => node.VersionAsync(token, service)));
        return string.Join(' ', versions.Select(version => version ?? "-"));
    }

    /// <summary>Runs a command on a node as an operator would.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(TestNode node, string command, CancellationToken token) =>
        ChildProcess.CheckAsync("ssh", SshArguments(node, command), token);

    /// <summary>The arguments of an ssh client that runs a command on a node.</summary>
    public IReadOnlyList<string> SshArguments(TestNode node, string command) =>
    [
        "-F", "none", "-i", Key, "-p", node.Port.ToString(CultureInfo.InvariantCulture), "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
        "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", node.Address, command,
    ];

    /// <summary>The nodes as a service document lists them, each on a line of its own.</summary>
    public string ToYaml(int indent)
    {
        var yaml = new StringBuilder();
        foreach (var node in Nodes)
            yaml.Append(' ', indent).AppendLine($"- {{ name: {node.Name}, address: {node.Address}, port: {node.ReachedAt} }}");
        return yaml.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(node => node.DisposeAsync().AsTask()));
        Folder.Dispose();
    }
}
