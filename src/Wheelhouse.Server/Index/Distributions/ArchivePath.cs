namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Judges the paths inside an archive.</summary>
internal static class ArchivePath
{
    /// <summary>Refuses a path that leads out of the folder an archive is unpacked in.</summary>
    /// <exception cref="BadDistributionException">It does.</exception>
    public static void Check(string path)
    {
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal)
            || path is [_, ':', ..] || path.Split('/').Contains("..", StringComparer.Ordinal))
            throw new BadDistributionException($"The archive holds the path '{Printable(path)}', which leads out of the folder it is unpacked in.");
    }

    /// <summary>Refuses a link whose target lies outside the folder an archive is unpacked in.</summary>
    /// <exception cref="BadDistributionException">It does.</exception>
    public static void CheckLink(string path, string target, bool isRelativeToPath)
    {
        var depth = isRelativeToPath ? path.TrimEnd('/').Count(c => c == '/') : 0;
        foreach (var part in target.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0 || target.StartsWith('/'))
                throw new BadDistributionException($"The archive holds the link '{Printable(path)}' to '{Printable(target)}', outside the folder it is unpacked in.");
        }
    }

    private static string Printable(string path) => new([.. path.Take(200).Select(c => char.IsControl(c) ? '?' : c)]);
}
