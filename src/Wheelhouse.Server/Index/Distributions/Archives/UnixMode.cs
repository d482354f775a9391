namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>The kind of file in a Unix mode, as zip archives keep it.</summary>
internal static class UnixMode
{
    private const int Kind = 0xF000;

    /// <summary>What a mode means that is neither a file's nor a folder's; null for those.</summary>
    public static string? NameOfSpecial(int mode) => (mode & Kind) switch
    {
        0 or 0x8000 or 0x4000 => null,
        0xA000 => "a link, which wheels and zip archives of sources cannot have",
        _ => "a device, pipe or socket",
    };
}
