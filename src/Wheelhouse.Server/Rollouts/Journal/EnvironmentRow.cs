using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>What all rollouts of one service and environment share: who may act now.</summary>
public sealed class EnvironmentRow
{
    public required string Service { get; set; }

    public required string Environment { get; set; }

    /// <summary>The fencing epoch: raised by each rollout and each takeover; nodes refuse a lower one than they have seen.</summary>
    public long Epoch { get; set; }

    /// <summary>The one rollout that may act, or null.</summary>
    public string? ActiveRollout { get; set; }
}

internal sealed class EnvironmentRowMapping : IEntityTypeConfiguration<EnvironmentRow>
{
    public void Configure(EntityTypeBuilder<EnvironmentRow> builder)
    {
        builder.ToTable("Environments");
        builder.HasKey(row => new { row.Service, row.Environment });
    }
}
