namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>A file that may join the index.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="UploadedAt">When it joined the index that it comes from.</param>
internal sealed record ImportFile(string Path, string Name, long Size, DateTimeOffset UploadedAt)
{
    /// <summary>Who uploaded it there; null when that is not known.</summary>
    public string? UploadedBy { get; init; }

    /// <summary>Why it is yanked there (PEP 592): empty when no reason was given, null when it is not.</summary>
    public string? Yanked { get; init; }

    /// <summary>The build that it comes from; null when that is not known.</summary>
    public string? Build { get; init; }

    /// <summary>The SHA-256 that it must have; null when that is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The first hexadecimal digits of its SHA-256 or MD5, whichever that index used; null when that is not known.</summary>
    public string? HashBegins { get; init; }

    /// <summary>A file on the disk, which joined its index when it was written last.</summary>
    public static ImportFile At(FileInfo file) => new(file.FullName, file.Name, SizeOf(file), new DateTimeOffset(file.LastWriteTimeUtc));

    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            // Its name is not UTF-8, so no name that this program has leads to it; or it was just removed.
            return 0;
        }
    }
}
