using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Index.Upstreams.Kept;

/// <summary>A file of an upstream that somebody asked for, and whose bytes are in the store since then. Nothing removes it: locks may name it.</summary>
internal sealed class KeptFileRow
{
    public long Id { get; set; }

    /// <summary>The normalised name of the project.</summary>
    public required string Project { get; set; }

    public required string FileName { get; set; }

    /// <summary>The version in its normal form.</summary>
    public required string Version { get; set; }

    /// <summary>The SHA-256 of the bytes in lower-case hexadecimal; also their name in the file store.</summary>
    public required string Sha256 { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    public string? RequiresPython { get; set; }

    /// <summary>The SHA-256 of the METADATA in it; null for an sdist, and for a wheel in which it cannot be found.</summary>
    public string? MetadataSha256 { get; set; }

    /// <summary>When it was uploaded to the upstream; null when that does not say.</summary>
    public DateTimeOffset? UploadTime { get; set; }

    /// <summary>The name of the upstream that it came from.</summary>
    public required string Upstream { get; set; }

    public DateTimeOffset KeptAt { get; set; }
}

internal sealed class KeptFileRowMapping : IEntityTypeConfiguration<KeptFileRow>
{
    public void Configure(EntityTypeBuilder<KeptFileRow> builder)
    {
        builder.ToTable("UpstreamFiles");
        builder.HasIndex(row => new { row.Sha256, row.FileName }).IsUnique();
        builder.HasIndex(row => row.Project);
    }
}
