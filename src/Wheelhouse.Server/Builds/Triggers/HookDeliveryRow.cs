using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Something that a git host told and that was taken: the same is not taken again.</summary>
internal sealed class HookDeliveryRow
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    public required string Project { get; set; }

    /// <summary>The host's own id of it.</summary>
    public required string Delivery { get; set; }

    /// <summary>The build that came of it; null when none did.</summary>
    public string? Build { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class HookDeliveryRowMapping : IEntityTypeConfiguration<HookDeliveryRow>
{
    public void Configure(EntityTypeBuilder<HookDeliveryRow> builder)
    {
        builder.ToTable("HookDeliveries");
        builder.HasIndex(row => new { row.Project, row.Delivery }).IsUnique();
        builder.HasIndex(row => row.At);
    }
}
