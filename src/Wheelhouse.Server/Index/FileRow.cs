using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Index;

/// <summary>A file on the index. Its bytes never change, and were durable before the row was.</summary>
internal sealed class FileRow
{
    public long Id { get; set; }

    public long ProjectId { get; set; }

    public ProjectRow? Project { get; set; }

    public required string FileName { get; set; }

    /// <summary>The version in its normal form.</summary>
    public required string Version { get; set; }

    /// <summary>The SHA-256 of the bytes in lower-case hexadecimal; also their name in the file store.</summary>
    public required string Sha256 { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    public string? RequiresPython { get; set; }

    /// <summary>The SHA-256 of the METADATA of a wheel; null for an sdist, whose metadata may differ once built.</summary>
    public string? MetadataSha256 { get; set; }

    /// <summary>Why it should not be installed any more (PEP 592): empty when no reason was given, null when it is not yanked.</summary>
    public string? Yanked { get; set; }

    /// <summary>Whether it is an sdist and not a wheel.</summary>
    public bool IsSdist => MetadataSha256 is null;

    public DateTimeOffset UploadedAt { get; set; }

    /// <summary>The name of the token.</summary>
    public required string UploadedBy { get; set; }

    /// <summary>The build that it comes from, as the uploader says: the address of its page, or any text; null when that was not said.</summary>
    public string? Build { get; set; }
}

internal sealed class FileRowMapping : IEntityTypeConfiguration<FileRow>
{
    public void Configure(EntityTypeBuilder<FileRow> builder)
    {
        builder.ToTable("Files");
        builder.HasIndex(row => row.FileName).IsUnique();
        builder.HasIndex(row => new { row.ProjectId, row.UploadedAt });
        builder.HasIndex(row => new { row.ProjectId, row.Version });
        builder.HasIndex(row => row.Sha256);
        builder.HasOne(row => row.Project).WithMany().HasForeignKey(row => row.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }
}
