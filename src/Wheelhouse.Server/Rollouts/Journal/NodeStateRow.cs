using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>The last known state of a node for one service and environment.</summary>
public sealed class NodeStateRow
{
    public required string Service { get; set; }

    public required string Environment { get; set; }

    public required string Name { get; set; }

    public required string Address { get; set; }

    /// <summary>The release that is current there, or null.</summary>
    public string? Release { get; set; }

    public string? Version { get; set; }

    /// <summary>One of <see cref="NodeStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Why it is not good, or null.</summary>
    public string? Detail { get; set; }

    public DateTimeOffset? LastContact { get; set; }

    /// <summary>Ids of the complete releases on its disk, separated by line feeds.</summary>
    public string Releases { get; set; } = "";
}

internal sealed class NodeStateRowMapping : IEntityTypeConfiguration<NodeStateRow>
{
    public void Configure(EntityTypeBuilder<NodeStateRow> builder)
    {
        builder.ToTable("NodeStates");
        builder.HasKey(row => new { row.Service, row.Environment, row.Name });
    }
}
