using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>One node of a rollout. The list is frozen at discovery.</summary>
public sealed class RolloutNodeRow
{
    public required string Rollout { get; set; }

    /// <summary>The node's name in the inventory.</summary>
    public required string Name { get; set; }

    /// <summary>Its place in the inventory's order, which is the order of activation.</summary>
    public int Ordinal { get; set; }

    /// <summary>The <see cref="Inventory.InventoryNode"/> as JSON.</summary>
    public required string Node { get; set; }

    /// <summary>The number of its batch from 1; 0 while there is no plan.</summary>
    public int Batch { get; set; }

    public required string State { get; set; }

    /// <summary>The fingerprint of its Python, once it was reached.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The release that was current when the rollout began; null when there was none.</summary>
    public string? FromRelease { get; set; }

    public string? FromVersion { get; set; }

    /// <summary>The release it is to run, once that is locked.</summary>
    public string? Release { get; set; }

    /// <summary>The version it runs now, as far as known.</summary>
    public string? Version { get; set; }

    /// <summary>Whether that release lay on its disk, complete, when the rollout began.</summary>
    public bool Ready { get; set; }

    public string? Error { get; set; }

    public string? Fix { get; set; }

    /// <summary>Sentences, separated by line feeds.</summary>
    public string Evidence { get; set; } = "";
}

internal sealed class RolloutNodeRowMapping : IEntityTypeConfiguration<RolloutNodeRow>
{
    public void Configure(EntityTypeBuilder<RolloutNodeRow> builder)
    {
        builder.ToTable("RolloutNodes");
        builder.HasKey(row => new { row.Rollout, row.Name });
    }
}
