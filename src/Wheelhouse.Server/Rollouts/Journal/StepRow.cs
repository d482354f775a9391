using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>One step of a rollout on a node: written before it starts and again after it ended, so that a killed server's rollout goes on exactly there.</summary>
public sealed class StepRow
{
    /// <summary>The outcome of a step that ended well; any other outcome is an error code.</summary>
    public const string Ok = "ok";

    public required string Rollout { get; set; }

    /// <summary>What it does where, such as <c>activate/app1/web</c>; unique in the rollout.</summary>
    public required string Key { get; set; }

    public required string Node { get; set; }

    /// <summary>The operation of the node protocol.</summary>
    public required string Operation { get; set; }

    /// <summary>The <see cref="RolloutRow.Attempt"/> in which it was last started.</summary>
    public int Attempt { get; set; }

    public long Epoch { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary><see cref="Ok"/> or an error code; null while it is open.</summary>
    public string? Outcome { get; set; }

    /// <summary>The node's result as JSON when it ended well.</summary>
    public string? Result { get; set; }

    public string? Error { get; set; }

    public string? Fix { get; set; }
}

internal sealed class StepRowMapping : IEntityTypeConfiguration<StepRow>
{
    public void Configure(EntityTypeBuilder<StepRow> builder)
    {
        builder.ToTable("Steps");
        builder.HasKey(row => new { row.Rollout, row.Key });
    }
}
