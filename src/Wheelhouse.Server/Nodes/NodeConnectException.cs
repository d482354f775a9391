namespace Wheelhouse.Server.Nodes;

/// <summary>A node could not be reached, or the session with it was lost.</summary>
public sealed class NodeConnectException(string code, string message, string? fix) : NodeException(code, message, fix)
{
    /// <summary>Nobody has trusted the host key that the node shows.</summary>
    public const string HostKeyUnknown = "host_key_unknown";

    /// <summary>The node shows another host key than the trusted one.</summary>
    public const string HostKeyChanged = "host_key_changed";

    /// <summary>The node refused the login.</summary>
    public const string AuthFailed = "auth_failed";

    /// <summary>The address refused the connection or has no route.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>No answer in time.</summary>
    public const string TimedOut = "timeout";

    /// <summary>The address does not resolve.</summary>
    public const string NameUnknown = "name_unknown";

    /// <summary>The node has no <c>python3</c>.</summary>
    public const string PythonMissing = "python_missing";

    /// <summary>An open session ended, or the node fell silent.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>The values of the inventory cannot be used; see <see cref="Inventory.InventoryNode.FindProblem"/>.</summary>
    public const string InvalidAddress = "invalid_address";

    /// <summary>Whether trying again can help without anybody doing anything.</summary>
    public bool MayPass => Code is Unreachable or TimedOut or ConnectionLost;
}
