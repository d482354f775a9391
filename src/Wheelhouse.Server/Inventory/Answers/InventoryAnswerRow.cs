using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Inventory.Answers;

/// <summary>What the inventories said last of an environment's nodes, and what a rollout went by last.</summary>
public sealed class InventoryAnswerRow
{
    public required string Service { get; set; }

    public required string Environment { get; set; }

    /// <summary>The SHA-256 of the query that was answered; another query's answers are not compared.</summary>
    public required string Query { get; set; }

    /// <summary>The last answer, <see cref="InventoryNode"/>s as a JSON list; null while there was none.</summary>
    public string? Nodes { get; set; }

    public DateTimeOffset? FoundAt { get; set; }

    /// <summary>Why there was no answer the last time; null when there was one.</summary>
    public string? Problem { get; set; }

    public string? Fix { get; set; }

    public DateTimeOffset? ProblemAt { get; set; }

    /// <summary>The answer by which a rollout went last; null while none did.</summary>
    public string? UsedNodes { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class InventoryAnswerRowMapping : IEntityTypeConfiguration<InventoryAnswerRow>
{
    public void Configure(EntityTypeBuilder<InventoryAnswerRow> builder)
    {
        builder.ToTable("InventoryAnswers");
        builder.HasKey(row => new { row.Service, row.Environment });
    }
}
