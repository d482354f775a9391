namespace Wheelhouse.Server.Builds.Running;

/// <summary>How much a build may use; more is a failure that says which limit it was.</summary>
internal sealed record BuildLimits
{
    /// <summary>How many characters of a line of output are kept; what follows is left out and said to be.</summary>
    public const int LineLength = 8_192;

    /// <summary>The time of the whole build.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The memory of all its processes together, in bytes; the files that it writes count.</summary>
    public long Memory { get; init; } = 4L << 30;

    /// <summary>The disk that it may fill, in bytes.</summary>
    public long Disk { get; init; } = 2L << 30;

    /// <summary>How many processes and threads it may have at a time.</summary>
    public int Processes { get; init; } = 512;

    /// <summary>How much output is kept, in bytes. After that the build goes on unheard.</summary>
    public long Output { get; init; } = 16L << 20;
}
