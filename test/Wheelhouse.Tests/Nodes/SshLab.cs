using System.Diagnostics;
using System.Globalization;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes.OpenSsh;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Nodes;

/// <summary>A data directory with a client key, and real nodes that trust it.</summary>
internal sealed class SshLab : IAsyncDisposable
{
    private readonly List<TestSshd> _nodes = [];
    private readonly string _publicKey;

    private SshLab(DataDirectory data, string publicKey)
    {
        Data = data;
        _publicKey = publicKey;
        Files = new OpenSshFiles(data);
        Connector = new OpenSshConnector(Files);
    }

    public DataDirectory Data { get; }

    public OpenSshFiles Files { get; }

    public OpenSshConnector Connector { get; }

    public static async Task<SshLab> CreateAsync()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("wh lab ").FullName);
        Directory.CreateDirectory(data.Ssh);
        var key = Path.Combine(data.Ssh, "id_test");
        var publicKey = await TestSshd.MakeKeyAsync(key);
        await File.WriteAllTextAsync(Path.Combine(data.Ssh, "config"), $"IdentityFile \"{key}\"\nIdentitiesOnly yes\n");
        return new SshLab(data, publicKey);
    }

    public async Task<TestSshd> StartNodeAsync(bool trusted = true, string configuration = "", string? publicKey = null)
    {
        var node = await TestSshd.StartAsync(publicKey ?? _publicKey, configuration);
        _nodes.Add(node);
        if (trusted) await TrustAsync(node);
        return node;
    }

    public Task TrustAsync(TestSshd node) => File.AppendAllTextAsync(Files.KnownHosts, node.KnownHostsLine + "\n");

    public static InventoryNode Node(TestSshd sshd, string name = "app1") => Node(sshd.Port, name);

    public static InventoryNode Node(int port, string name = "app1", string? jump = null) =>
        new(name, "127.0.0.1", Environment.UserName, port, jump, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The ssh clients of this lab that live now: they run in its directory.</summary>
    public IReadOnlyList<int> Clients() =>
    [
        .. Process.GetProcessesByName("ssh").Select(process => process.Id).Where(id => RunsIn(id) == Data.Ssh),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        Directory.Delete(Data.Root, recursive: true);
    }

    private static string? RunsIn(int id)
    {
        try
        {
            return File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null; // It ended while we looked.
        }
    }
}
