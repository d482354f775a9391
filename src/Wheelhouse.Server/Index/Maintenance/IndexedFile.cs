using Wheelhouse.Server.Index.Upstreams.Kept;

namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>A file that the index says it has: one that was uploaded, or one of an upstream that is kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Project">The normalised name of its project; null when that is not there.</param>
/// <param name="Version">The version in its normal form.</param>
/// <param name="Sha256">The SHA-256 of its bytes.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MetadataSha256">The SHA-256 of a wheel's METADATA; null when none is given out.</param>
/// <param name="At">Since when it is there.</param>
internal sealed record IndexedFile(string Name, string? Project, string Version, string Sha256, long Size, string? MetadataSha256, DateTimeOffset At)
{
    /// <summary>Its row; null for one of an upstream.</summary>
    public FileRow? Uploaded { get; init; }

    /// <summary>The upstream that it came from; null for one that was uploaded.</summary>
    public string? Upstream { get; init; }

    public static IndexedFile Of(FileRow row) => new(row.FileName, row.Project?.Name, row.Version, row.Sha256, row.Size, row.MetadataSha256, row.UploadedAt) { Uploaded = row };

    public static IndexedFile Of(KeptFileRow row) => new(row.FileName, row.Project, row.Version, row.Sha256, row.Size, row.MetadataSha256, row.KeptAt) { Upstream = row.Upstream };
}
