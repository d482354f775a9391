using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Index;

/// <summary>A project on the index; it comes to be with its first file.</summary>
internal sealed class ProjectRow
{
    public long Id { get; set; }

    /// <summary>The normalised name.</summary>
    public required string Name { get; set; }

    /// <summary>The name as the first file's metadata spells it.</summary>
    public required string DisplayName { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>One of <see cref="ProjectStatus"/>.</summary>
    public string Status { get; set; } = ProjectStatus.Active;

    /// <summary>Why it has this status; null when that was not said.</summary>
    public string? StatusReason { get; set; }
}

internal sealed class ProjectRowMapping : IEntityTypeConfiguration<ProjectRow>
{
    public void Configure(EntityTypeBuilder<ProjectRow> builder)
    {
        builder.ToTable("Projects");
        builder.HasIndex(row => row.Name).IsUnique();
        builder.Property(row => row.Status).HasDefaultValue(ProjectStatus.Active);
    }
}
