using System.Text;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>Judges the paths inside an archive (PEP 427 and PEP 721 say what installers must refuse).</summary>
internal static class ArchivePath
{
    private const int MaxPartBytes = 255;
    private const int MaxLength = 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a path that an archive spells in bytes.</summary>
    /// <exception cref="BadDistributionException">It is not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw DistributionFaults.UnsafePath(Encoding.Latin1.GetString(bytes), "is not UTF-8");
        }
    }

    /// <summary>Refuses a path that leads out of the folder an archive is unpacked in, or means different things to different programs.</summary>
    /// <exception cref="BadDistributionException">It does.</exception>
    public static void Check(string path)
    {
        if (path.Any(c => char.IsControl(c) || IsTextDirection(c)))
            throw DistributionFaults.ControlCharacters($"A path in the archive, '{new([.. path.Take(100).Select(c => char.IsControl(c) || IsTextDirection(c) ? '?' : c)])}',");
        if (path.StartsWith('/') || path is [_, ':', ..])
            throw DistributionFaults.UnsafePath(path, "is absolute");
        if (path.Contains('\\', StringComparison.Ordinal))
            throw DistributionFaults.UnsafePath(path, "has a backslash, which parts folders on Windows only");
        var parts = path.Split('/');
        if (parts.Contains("..", StringComparer.Ordinal))
            throw DistributionFaults.UnsafePath(path, "leads out of the folder it is unpacked in");
        if (Array.Exists(parts, part => part is "" or "."))
            throw DistributionFaults.UnsafePath(path, "has an empty part or a part '.', so that one file could have two paths");
        if (path.Length > MaxLength || Array.Exists(parts, part => Utf8.GetByteCount(part) > MaxPartBytes))
            throw DistributionFaults.UnsafePath(path, "is longer than file systems take");
    }

    /// <summary>
    /// Refuses a link whose target may lie outside the folder an archive is unpacked in. After a part that may be a link itself, '..' leads somewhere else
    /// than it seems, so it is taken at the beginning only.
    /// </summary>
    /// <param name="path">The link's own path, already checked.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="isRelativeToPath">Whether the target is relative to the link's folder, not to the archive's.</param>
    /// <exception cref="BadDistributionException">It may.</exception>
    public static void CheckLink(string path, string target, bool isRelativeToPath)
    {
        if (target.Length == 0 || target.Any(char.IsControl) || target.Contains('\\', StringComparison.Ordinal))
            throw DistributionFaults.UnsafeLink(path, target, "is not a plain path");
        var parts = target.TrimEnd('/').Split('/');
        var up = parts.TakeWhile(part => part is "..").Count();
        if (target.StartsWith('/') || target is [_, ':', ..] || up > (isRelativeToPath ? path.Count(c => c == '/') : 0) || parts.Skip(up).Contains("..", StringComparer.Ordinal))
            throw DistributionFaults.UnsafeLink(path, target, "leads out of the folder it is unpacked in");
    }

    /// <summary>The Unicode characters that show a name in another order than it is (as in "Trojan Source").</summary>
    private static bool IsTextDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
