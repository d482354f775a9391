using System.ComponentModel.DataAnnotations;

namespace Wheelhouse.Server.Nodes;

/// <summary>Settings of the sessions with nodes: section <c>Nodes</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>How many sessions may be opening at once on this server. Each costs 8 to 59 ms of CPU for its key exchange. Default 24.</summary>
    [Range(1, 512)]
    public int ParallelStarts { get; set; } = 24;

    /// <summary>How many services may stage on one address at once. Default 2.</summary>
    [Range(1, 64)]
    public int StagingPerNode { get; set; } = 2;

    /// <summary>After how long without work a session is closed. Default 60 s.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often each side says that it lives. Default 10 s; the payload expects less than 30 s.</summary>
    public TimeSpan PingEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a silent node counts as lost. Default 30 s.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a node may take to answer a cancellation before its session is closed. Default 4 s.</summary>
    public TimeSpan CancelWithin { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a closing session may take before its connection is cut. Default 2 s.</summary>
    public TimeSpan CloseWithin { get; set; } = TimeSpan.FromSeconds(2);
}
