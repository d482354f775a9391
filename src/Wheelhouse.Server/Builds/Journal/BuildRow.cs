using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wheelhouse.Contracts.Builds;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>One build, as it was asked for and as it stands. See <see cref="BuildView"/> for what the members mean.</summary>
internal sealed class BuildRow
{
    /// <summary>Those that have not ended.</summary>
    public static readonly Expression<Func<BuildRow, bool>> IsOpen = row => row.State == BuildStates.Queued || row.State == BuildStates.Running;

    /// <summary>A ULID: sorts by the time it was asked for.</summary>
    public required string Id { get; set; }

    public required string Project { get; set; }

    public string? Ref { get; set; }

    public string? Commit { get; set; }

    public string? Subject { get; set; }

    public string? Author { get; set; }

    public string? Link { get; set; }

    public required string By { get; set; }

    public required string Trigger { get; set; }

    public required string State { get; set; }

    /// <summary>Whether its turn has come in its project; it may still wait for a place on the server.</summary>
    public bool IsAdmitted { get; set; }

    public string? Version { get; set; }

    public string? Code { get; set; }

    public string? Error { get; set; }

    public string? Fix { get; set; }

    public string? CancelRequestedBy { get; set; }

    public string? SupersededBy { get; set; }

    /// <summary>How often it was begun. Whoever works on it under a lower number than this may do nothing more.</summary>
    public int Epoch { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The steps of the last attempt: <see cref="BuildStepView"/>s as JSON.</summary>
    public string? Steps { get; set; }

    /// <summary>The files: <see cref="Running.BuiltFile"/>s as JSON, once they are on the disk and may be published; then they are never built again.</summary>
    public string? Files { get; set; }

    /// <summary>The <see cref="BuildTestsView"/> as JSON.</summary>
    public string? Tests { get; set; }

    /// <summary>The <see cref="Contracts.Delivery.ReleaseCommitsRequest"/> that the release will be recorded with, as JSON.</summary>
    public string? Commits { get; set; }
}

internal sealed class BuildRowMapping : IEntityTypeConfiguration<BuildRow>
{
    public void Configure(EntityTypeBuilder<BuildRow> builder)
    {
        builder.ToTable("Builds");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Project, row.Id });
        builder.HasIndex(row => new { row.State, row.Id });
        builder.HasIndex(row => new { row.Project, row.Commit });
    }
}
