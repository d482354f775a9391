namespace Wheelhouse.Server.Nodes;

/// <summary>A request to a node ended with an error that the node or the way to it explains. Never contains a secret.</summary>
public class NodeException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="code">A stable identifier, such as <c>import_failed</c>.</param>
    /// <param name="message">What is wrong, in a sentence.</param>
    /// <param name="fix">What to do about it, or null.</param>
    public NodeException(string code, string message, string? fix)
        : base(message)
    {
        Code = code;
        Fix = fix;
    }

    /// <summary>A stable identifier: the node protocol's, or one of <see cref="NodeConnectException"/>.</summary>
    public string Code { get; }

    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; }

    /// <summary>The same as a value.</summary>
    public NodeFault ToFault() => new(Code, Message, Fix);
}
