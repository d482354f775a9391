using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wheelhouse.Contracts.Holds;

namespace Wheelhouse.Server.Holds;

/// <summary>A manual hold; one at most in a place. It is removed when it is lifted, and some time after it ended by itself: the audit log keeps it.</summary>
public sealed class HoldRow
{
    /// <summary>The service; empty for all.</summary>
    public required string Service { get; set; }

    /// <summary>The environment; empty for all.</summary>
    public required string Environment { get; set; }

    public required string Reason { get; set; }

    public required string Owner { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Whether it counts at a time.</summary>
    public bool StandsAt(DateTimeOffset now) => Until is null || Until > now;

    public HoldView ToView() => new()
    {
        Kind = HoldKinds.Manual,
        Service = Service.Length == 0 ? null : Service,
        Environment = Environment.Length == 0 ? null : Environment,
        Reason = Reason,
        Owner = Owner,
        Since = Since,
        Until = Until,
    };
}

internal sealed class HoldRowMapping : IEntityTypeConfiguration<HoldRow>
{
    public void Configure(EntityTypeBuilder<HoldRow> builder)
    {
        builder.ToTable("Holds");
        builder.HasKey(row => new { row.Service, row.Environment });
    }
}
