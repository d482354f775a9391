using Microsoft.Extensions.Options;
using Wheelhouse.Contracts.Nodes;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes.OpenSsh;

namespace Wheelhouse.Server.Nodes.HostKeys;

/// <summary>
/// Asks nodes for their host keys with the ssh client itself, so that its configuration and jump hosts count. It never logs in: no method
/// of authentication is offered, and the key lands in a known_hosts file that is thrown away.
/// </summary>
public sealed class HostKeyScanner(OpenSshConnector connector, IOptions<NodeOptions> options) : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _starts = new(options.Value.ParallelStarts);

    /// <summary>Reads the key that a node shows now and says whether it is trusted.</summary>
    public async Task<HostKeyView> ScanAsync(InventoryNode node, CancellationToken cancellationToken)
    {
        await _starts.WaitAsync(cancellationToken);
        try
        {
            var (shown, reason) = await ReadAsync(node, cancellationToken);
            if (shown is null) return new HostKeyView(node.Name, node.Address, node.Port ?? 22, "", "", "unknown", "", reason.Message);
            var status = await FindStatusAsync(node, cancellationToken);
            return new HostKeyView(node.Name, node.Address, node.Port ?? 22, shown.Algorithm, shown.Fingerprint, status, shown.Text, Error: null);
        }
        catch (NodeConnectException e)
        {
            return new HostKeyView(node.Name, node.Address, node.Port ?? 22, "", "", "unknown", "", e.Message);
        }
        finally
        {
            _starts.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _starts.Dispose();

    private async Task<(KnownHostLine? Shown, NodeConnectException Reason)> ReadAsync(InventoryNode node, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("wheelhouse-host-key-");
        try
        {
            var file = Path.Combine(folder.FullName, "known_hosts");
            var reason = await TryAsync(node, cancellationToken, "StrictHostKeyChecking=accept-new", "HashKnownHosts=no", "GlobalKnownHostsFile=/dev/null",
                $"UserKnownHostsFile=\"{file.Replace("%", "%%", StringComparison.Ordinal)}\"");
            var lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellationToken) : [];
            return (lines.Length == 0 ? null : KnownHostLine.Parse(lines[0]), reason);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Lets ssh itself judge: hashed names, certificates of hosts and the user's own known_hosts count as they do for a rollout.</summary>
    private async Task<string> FindStatusAsync(InventoryNode node, CancellationToken cancellationToken) =>
        (await TryAsync(node, cancellationToken)).Code switch
        {
            NodeConnectException.HostKeyUnknown => "new",
            NodeConnectException.HostKeyChanged => "changed",
            _ => "trusted",
        };

    private async Task<NodeConnectException> TryAsync(InventoryNode node, CancellationToken cancellationToken, params string[] more)
    {
        await using var connection = connector.Start(node, ["true"], Within, ["PreferredAuthentications=none", .. more], cancellationToken);
        await connection.Output.CopyToAsync(Stream.Null, cancellationToken);
        return await connection.Ended.WaitAsync(cancellationToken);
    }
}
