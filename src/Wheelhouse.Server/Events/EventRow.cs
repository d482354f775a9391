using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Events;

/// <summary>A row of the append-only event log.</summary>
public sealed class EventRow
{
    /// <summary>Given by the database in the order of writing; never used again.</summary>
    public long Id { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>One of <see cref="Contracts.Events.EventTypes"/>.</summary>
    public required string Type { get; set; }

    public string? Service { get; set; }

    public string? Environment { get; set; }

    public string? Rollout { get; set; }

    public string? Node { get; set; }

    public string? Build { get; set; }

    /// <summary>One line for a person.</summary>
    public required string Message { get; set; }

    /// <summary>A JSON object, or null.</summary>
    public string? Data { get; set; }
}

internal sealed class EventRowMapping : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("Events");
        builder.Property(row => row.Id).ValueGeneratedOnAdd();
        builder.HasIndex(row => new { row.Rollout, row.Id });
        builder.HasIndex(row => new { row.Build, row.Id });
        builder.HasIndex(row => new { row.Type, row.At });
    }
}
