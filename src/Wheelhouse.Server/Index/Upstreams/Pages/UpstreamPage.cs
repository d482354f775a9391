using System.IO.Compression;
using System.Text.Json;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>What an upstream says about a project, as it is kept here.</summary>
/// <param name="Upstream">The name of the upstream.</param>
/// <param name="FirstSeenAt">When its page was first read here.</param>
/// <param name="Status">Its status there (PEP 792).</param>
/// <param name="StatusReason">Why it has this status; null when that is not said.</param>
/// <param name="Files">Its files, as far as they can be verified and belong to it.</param>
internal sealed record UpstreamPage(string Upstream, DateTimeOffset FirstSeenAt, string Status, string? StatusReason, IReadOnlyList<UpstreamFile> Files)
{
    /// <summary>The page's entity tag, or null.</summary>
    public string? ETag { get; init; }

    /// <summary>When the page was changed, as the upstream says, or null.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether the upstream does not have the project any more.</summary>
    public bool IsGone { get; init; }

    /// <summary>
    /// When a file came to be: when it was uploaded there. When the upstream does not say: when it was first seen here; what was on the first page
    /// ever read was there before, nobody knows how long.
    /// </summary>
    public DateTimeOffset BeginOf(UpstreamFile file) => file.UploadTime ?? (file.SeenAt == FirstSeenAt ? DateTimeOffset.MinValue : file.SeenAt);

    /// <summary>The page as bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest)) JsonSerializer.Serialize(packed, this, JsonSerializerOptions.Web);
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static UpstreamPage Read(byte[] bytes)
    {
        using var packed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<UpstreamPage>(packed, JsonSerializerOptions.Web)!;
    }
}

/// <summary>A file that an upstream offers.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Version">Its version in its normal form.</param>
/// <param name="Url">Where the upstream has it.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="SeenAt">When it was first seen here.</param>
internal sealed record UpstreamFile(string FileName, string Version, string Url, string Sha256, DateTimeOffset SeenAt)
{
    /// <summary>In bytes; null when the upstream does not say.</summary>
    public long? Size { get; init; }

    /// <summary>The Python versions it runs on, or null when it does not say.</summary>
    public string? RequiresPython { get; init; }

    /// <summary>The SHA-256 of its METADATA; null when the upstream does not offer that.</summary>
    public string? MetadataSha256 { get; init; }

    /// <summary>Why it should not be installed any more (PEP 592): empty when no reason was given, null when it is not yanked.</summary>
    public string? Yanked { get; init; }

    /// <summary>When it was uploaded there; null when the upstream does not say.</summary>
    public DateTimeOffset? UploadTime { get; init; }
}
