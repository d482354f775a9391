using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>How telling one event over one channel went. It is written when the first attempt has ended.</summary>
public sealed class DeliveryRow
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    public required string Channel { get; set; }

    /// <summary>The id of the event in the log.</summary>
    public long Event { get; set; }

    /// <summary>When the event was recorded.</summary>
    public DateTimeOffset EventAt { get; set; }

    /// <summary>One of <see cref="NotificationEvents"/>.</summary>
    public required string Name { get; set; }

    public string? Service { get; set; }

    public string? Environment { get; set; }

    public string? Rollout { get; set; }

    /// <summary>The notification's title.</summary>
    public required string Title { get; set; }

    /// <summary>One of <see cref="Contracts.Notifications.DeliveryStates"/>.</summary>
    public required string State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }

    /// <summary>When it is tried again; null when it is not, or at once.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>How long the last attempt took, in milliseconds.</summary>
    public int Milliseconds { get; set; }

    public string? Error { get; set; }

    public string? Fix { get; set; }

    /// <summary>By what the message can be replaced, or null.</summary>
    public string? Reference { get; set; }
}

internal sealed class DeliveryRowMapping : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> builder)
    {
        builder.ToTable("Deliveries");
        builder.HasIndex(row => new { row.Channel, row.Event }).IsUnique();
        builder.HasIndex(row => new { row.Channel, row.State });
        builder.HasIndex(row => new { row.Rollout, row.Channel });
        builder.HasIndex(row => row.LastAt);
    }
}
