namespace Wheelhouse.Server.Nodes;

/// <summary>
/// The only door to a node for one service and environment, with the key of <see cref="NodeGrainKey"/>. It holds one session,
/// opened when it is needed, closed after some time without work, and opened again when it drops: the interrupted command is then
/// sent again as the same step, which the node answers without doing it twice. Every call returns well under Orleans' 30 s.
/// </summary>
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins the command unless it began already, waits up to 15 s for its end, and says how it stands. Call it in a loop until
    /// <see cref="NodeReport.Ended"/>. The last 32 commands' reports are kept, so that asking again gives the same answer.
    /// Failures are reports, not exceptions.
    /// </summary>
    Task<NodeReport> Advance(NodeCommand command);

    /// <summary>
    /// Asks the node to end the command: staging, checks and hooks end within 5 s and report <c>cancelled</c>; an activation runs to
    /// its end and reports the truth. Does nothing when there is no such command or it ended. Does not wait: follow with <see cref="Advance"/>.
    /// </summary>
    Task Cancel(string commandId);

    /// <summary>
    /// Takes a command back that waits for a staging slot: it ends as <c>cancelled</c>, and the node was asked nothing. Does nothing when
    /// it has begun or there is no such command. Does not wait: follow with <see cref="Advance"/>.
    /// </summary>
    Task Withdraw(string commandId);

    /// <summary>Closes the session when no command runs.</summary>
    Task Close();
}

/// <summary>Makes the keys of <see cref="INodeGrain"/>.</summary>
public static class NodeGrainKey
{
    /// <summary>The key <c>service/environment/node</c>.</summary>
    public static string For(string service, string environment, string node) => $"{service}/{environment}/{node}";
}
