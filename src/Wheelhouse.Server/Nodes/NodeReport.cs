namespace Wheelhouse.Server.Nodes;

/// <summary>How a command stands: still running, ended with a result, or ended with an error.</summary>
/// <param name="Ended">Whether it ended; otherwise ask again.</param>
/// <param name="ResultJson">The result, a JSON object, when it ended well.</param>
/// <param name="Error">What went wrong, when it ended badly.</param>
[GenerateSerializer]
public sealed record NodeReport(
    [property: Id(0)] bool Ended,
    [property: Id(1)] string? ResultJson,
    [property: Id(2)] NodeFault? Error)
{
    /// <summary>It still runs.</summary>
    public static NodeReport Running { get; } = new(Ended: false, ResultJson: null, Error: null);

    /// <summary>It ended well.</summary>
    public static NodeReport Succeeded(string resultJson) => new(Ended: true, resultJson, Error: null);

    /// <summary>It ended badly.</summary>
    public static NodeReport Failed(NodeFault error) => new(Ended: true, ResultJson: null, error);
}

/// <summary>An expected failure on or on the way to a node.</summary>
/// <param name="Code">A stable identifier: one of <see cref="NodeConnectException"/>'s or of the node protocol's.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Fix">What to do about it, or null.</param>
[GenerateSerializer]
public sealed record NodeFault(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] string? Fix);
