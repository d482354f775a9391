using System.Text.Json;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>A request of the node protocol.</summary>
/// <param name="Op">The operation, such as <c>stage</c>.</param>
/// <param name="Step">The step's id; null for an operation that is not fenced.</param>
/// <param name="Epoch">The fencing epoch; null for an operation that is not fenced.</param>
/// <param name="Args">The arguments, a JSON object. May hold a secret.</param>
public sealed record NodeRequest(string Op, string? Step, long? Epoch, JsonElement Args)
{
    /// <summary>Whether a cancellation waits for its end, because ending it halfway would leave the service in between.</summary>
    public bool RunsToItsEnd => Op is "activate" or "deactivate";

    /// <summary>Names the request without its arguments, which may hold a secret.</summary>
    public override string ToString() => Step is null ? Op : $"{Op} {Step}";
}

/// <summary>Something that happened while a request runs.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c> for a line that a command printed, null for a line of the payload's own.</param>
/// <param name="Line">The line.</param>
public sealed record NodeProgress(string? Stream, string Line);

/// <summary>What the payload says of itself when a session opens.</summary>
/// <param name="Python">The version of the Python that runs it.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="User">The account that it runs as.</param>
/// <param name="Epoch">The highest epoch that the service's directory has seen, or null.</param>
/// <param name="Protocol">The version of the protocol.</param>
public sealed record NodeHello(string Python, int Pid, string User, long? Epoch, int Protocol);
