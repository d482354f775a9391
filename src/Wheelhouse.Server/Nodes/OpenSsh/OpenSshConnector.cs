using System.ComponentModel;
using System.Diagnostics;
using Wheelhouse.Server.Hosting.Programs;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.OpenSsh;

/// <summary>
/// Reaches nodes with the system's ssh client, so that ssh configuration, jump hosts, agents, certificates and hardware keys work as
/// operators know them. Each client gets a session of its own (<c>setsid</c>), so that Ctrl-C on the server's terminal does not end it.
/// </summary>
public sealed class OpenSshConnector(OpenSshFiles files) : INodeConnector
{
    /// <inheritdoc/>
    public string Name => "openssh";

    /// <inheritdoc/>
    public Task<INodeConnection> StartAsync(
        InventoryNode node, IReadOnlyList<string> command, TimeSpan within, CancellationToken cancellationToken) =>
        Task.FromResult<INodeConnection>(Start(node, command, within, options: [], cancellationToken));

    /// <summary>The same, with options that win over every configuration file.</summary>
    internal OpenSshConnection Start(
        InventoryNode node, IReadOnlyList<string> command, TimeSpan within, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (node.FindProblem() is { } problem)
            throw new NodeConnectException(NodeConnectException.InvalidAddress, problem, "Correct the node in the inventory.");

        var start = new ProcessStartInfo("setsid", ["ssh", .. OpenSshArguments.For(node, within, options, command)])
        {
            UseShellExecute = false,
            WorkingDirectory = files.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The server's own settings may hold secrets, and ssh's configuration may ask to send variables to the node.
        ServerVariables.RemoveFrom(start.Environment);
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException("Starting the ssh client gave no process.");
            return new OpenSshConnection(process, node);
        }
        catch (Win32Exception e)
        {
            throw OpenSshFailure.NoClient(e.Message);
        }
    }
}
