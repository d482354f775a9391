using System.IO.Pipelines;

namespace Wheelhouse.Server.Nodes;

/// <summary>A program running on a node. Disposing ends the connection at once and leaves no local process behind.</summary>
public interface INodeConnection : IAsyncDisposable
{
    /// <summary>The program's standard output; it completes when the program or the connection ends.</summary>
    PipeReader Output { get; }

    /// <summary>The program's standard input; writing fails with an <see cref="IOException"/> once the connection ended.</summary>
    Stream Input { get; }

    /// <summary>Completes, and never fails, when the program or the connection ended, with the reason.</summary>
    Task<NodeConnectException> Ended { get; }

    /// <summary>Ends the input, gives the program some time to end by itself, then disposes.</summary>
    /// <param name="grace">That time.</param>
    Task CloseAsync(TimeSpan grace);
}
