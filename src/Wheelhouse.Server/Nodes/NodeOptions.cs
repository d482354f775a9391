using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Nodes;

/// <summary>Settings of the sessions with nodes.</summary>
[Settings("nodes")]
public sealed class NodeOptions
{
    /// <summary>How many sessions may be opening at once on this server. Each costs 8 to 59 ms of CPU for its key exchange. Default 24.</summary>
    [Description("How many ssh sessions may be opening at once. Each costs 8 to 59 ms of CPU for its key exchange.")]
    [Range(1, 512)]
    public int ParallelStarts { get; set; } = 24;

    /// <summary>How many services may stage on one address at once. Default 2.</summary>
    [Description("How many services may stage on one node at once.")]
    [Range(1, 64)]
    public int StagingPerNode { get; set; } = 2;

    /// <summary>After how long without work a session is closed. Default 5 minutes: a revert soon after a deploy finds its sessions open.</summary>
    [Description("After how long without work a session with a node is closed.")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often each side says that it lives. Default 10 s; the payload expects less than 30 s.</summary>
    [Description("How often each side of a session says that it lives; nodes expect less than 30s.")]
    public TimeSpan PingEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a silent node counts as lost. Default 30 s.</summary>
    [Description("After how long a silent node counts as lost.")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a node may take to answer a cancellation before its session is closed. Default 4 s.</summary>
    [Description("How long a node may take to answer a cancellation before its session is closed.")]
    public TimeSpan CancelWithin { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a closing session may take before its connection is cut. Default 2 s.</summary>
    [Description("How long a closing session may take before its connection is cut.")]
    public TimeSpan CloseWithin { get; set; } = TimeSpan.FromSeconds(2);
}
