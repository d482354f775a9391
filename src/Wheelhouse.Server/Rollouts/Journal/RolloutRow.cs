using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>One rollout, as it was asked for and as it stands. See <see cref="Contracts.Rollouts.RolloutView"/> for what the members mean.</summary>
public sealed class RolloutRow
{
    /// <summary>A ULID: sorts by the time it was asked for.</summary>
    public required string Id { get; set; }

    public required string Service { get; set; }

    public required string Environment { get; set; }

    public required string Kind { get; set; }

    public required string State { get; set; }

    public string? Phase { get; set; }

    /// <summary>The version it brings, decided when it was admitted.</summary>
    public required string Version { get; set; }

    public string? FromVersion { get; set; }

    /// <summary>The revision of the service's document that it works by.</summary>
    public int Revision { get; set; }

    public bool PlanOnly { get; set; }

    public bool Relock { get; set; }

    /// <summary>Names of the only nodes to touch, separated by line feeds; empty means all.</summary>
    public string Limit { get; set; } = "";

    /// <summary>The good rollout whose locks a revert or converge installs, exactly.</summary>
    public string? Source { get; set; }

    public required string By { get; set; }

    public string? Reason { get; set; }

    /// <summary>Why it may begin although a hold stands; null when it may not.</summary>
    public string? OverrideHold { get; set; }

    /// <summary>Whether it may begin although the inventory names fewer nodes than the policy allows.</summary>
    public bool AcceptMissingNodes { get; set; }

    /// <summary>The caller's Idempotency-Key, unique per service and environment.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The fencing epoch under which it works; 0 until it begins, and always for a plan.</summary>
    public long Epoch { get; set; }

    /// <summary>1, and one more each time a person resumes it after a pause: steps that failed in an earlier attempt are done again.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Whether a person decided to revert it while it was paused.</summary>
    public bool RevertRequested { get; set; }

    public string? CancelRequestedBy { get; set; }

    /// <summary>Whether it began something on a node that users may notice; known once it ended.</summary>
    public bool ChangedNodes { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Error { get; set; }

    public string? Fix { get; set; }

    /// <summary>The <see cref="Contracts.Rollouts.PlanView"/> as JSON, once it is made.</summary>
    public string? Plan { get; set; }
}

internal sealed class RolloutRowMapping : IEntityTypeConfiguration<RolloutRow>
{
    public void Configure(EntityTypeBuilder<RolloutRow> builder)
    {
        builder.ToTable("Rollouts");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Service, row.Environment, row.Id });
        builder.HasIndex(row => row.State);
        builder.HasIndex(row => new { row.Service, row.Environment, row.IdempotencyKey }).IsUnique();
    }
}
