using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>What the git host was told of a build, and when it is tried again.</summary>
internal sealed class StatusRow
{
    /// <summary>The build.</summary>
    public required string Build { get; set; }

    /// <summary>The state of the build that the host knows, one of <see cref="Contracts.Builds.BuildStates"/>; null when it knows none.</summary>
    public string? Told { get; set; }

    /// <summary>How many attempts to tell the next state failed.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried again; null when nothing failed.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Error { get; set; }

    /// <summary>Whether it is not tried any more: the host refuses, or it took too long.</summary>
    public bool IsGivenUp { get; set; }
}

internal sealed class StatusRowMapping : IEntityTypeConfiguration<StatusRow>
{
    public void Configure(EntityTypeBuilder<StatusRow> builder)
    {
        builder.ToTable("BuildStatuses");
        builder.HasKey(row => row.Build);
    }
}
