using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Index;

/// <summary>The ledger of names: a file that was deleted. Its name is never free again, so that nobody gets other bytes under a name that was locked.</summary>
internal sealed class DeletedFileRow
{
    public long Id { get; set; }

    public required string FileName { get; set; }

    /// <summary>The normalised name of the project.</summary>
    public required string Project { get; set; }

    /// <summary>The version in its normal form.</summary>
    public required string Version { get; set; }

    /// <summary>The SHA-256 of the bytes that it had.</summary>
    public required string Sha256 { get; set; }

    public DateTimeOffset DeletedAt { get; set; }

    public required string DeletedBy { get; set; }

    public required string Reason { get; set; }
}

internal sealed class DeletedFileRowMapping : IEntityTypeConfiguration<DeletedFileRow>
{
    public void Configure(EntityTypeBuilder<DeletedFileRow> builder)
    {
        builder.ToTable("DeletedFiles");
        builder.HasIndex(row => row.FileName).IsUnique();
        builder.HasIndex(row => row.Project);
    }
}
