namespace Wheelhouse.Cli.Following;

/// <summary>How to follow a rollout.</summary>
internal sealed record FollowOptions
{
    /// <summary>How long to try to reconnect to a server that went away. 10 minutes unless told.</summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether Ctrl-C and SIGTERM cancel the rollout; else they only end the following.</summary>
    public bool CancelOnInterrupt { get; init; }

    /// <summary>Events up to this one were seen before: they make the picture but are not shown. 0 for none.</summary>
    public long SeenUntil { get; init; }
}
