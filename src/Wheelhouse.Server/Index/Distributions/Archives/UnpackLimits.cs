namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>How much an archive may unpack to: whoever installs it must be safe from bombs.</summary>
/// <param name="Absolute">The most that any archive may unpack to, in bytes.</param>
internal sealed record UnpackLimits(long Absolute)
{
    /// <summary>How many files, folders and links an archive may hold.</summary>
    public const int MaxMembers = 100_000;

    /// <summary>How many times its size an archive may unpack to, and the size in bytes that is always allowed.</summary>
    private const int MaxRatio = 100;
    private const long AlwaysAllowed = 256L << 20;

    /// <summary>The most that an archive of a size may unpack to, in bytes.</summary>
    public long For(long size) => Math.Min(Absolute, Math.Max(AlwaysAllowed, size * MaxRatio));
}
