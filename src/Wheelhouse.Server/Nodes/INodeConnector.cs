using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes;

/// <summary>
/// A way to run a program on a node. Implementations verify the node's host key, always, and never ask anybody anything.
/// They are safe to call from many threads; the caller bounds how many starts run at once. A failure is a
/// <see cref="NodeConnectException"/>, thrown here or told by <see cref="INodeConnection.Ended"/>; the caller decides about trying again.
/// </summary>
public interface INodeConnector
{
    /// <summary>Its name in settings, such as <c>openssh</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Starts a program. May return before the node has answered: then <see cref="INodeConnection.Input"/> buffers, and a refusal
    /// shows as the end of <see cref="INodeConnection.Output"/> with the reason in <see cref="INodeConnection.Ended"/>.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="command">The program and its arguments; quoting them for the node's shell is the connector's work.</param>
    /// <param name="within">How long reaching the node may take.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="NodeConnectException">The node's values are unusable, or it was refused at once.</exception>
    Task<INodeConnection> StartAsync(
        InventoryNode node, IReadOnlyList<string> command, TimeSpan within, CancellationToken cancellationToken);
}
