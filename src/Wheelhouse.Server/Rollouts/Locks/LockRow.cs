using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>A stored lock: the exact set of files that makes one version of a service on one kind of node. Never changed, and kept while any rollout names it.</summary>
public sealed class LockRow
{
    public required string Service { get; set; }

    /// <summary>The id of the release it makes: version and the first 8 hex digits of <see cref="Digest"/>.</summary>
    public required string Release { get; set; }

    /// <summary>The fingerprint of the Python it was resolved for.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>The requirement without a version, such as <c>acme-billing[gunicorn]</c>.</summary>
    public required string Requirement { get; set; }

    public required string Version { get; set; }

    /// <summary>sha256 of the canonical list of files and the Python version.</summary>
    public required string Digest { get; set; }

    /// <summary>The <see cref="LockedPackage"/>s as JSON, ordered by name.</summary>
    public required string Packages { get; set; }

    /// <summary>The one moment whose view of the index was resolved.</summary>
    public DateTimeOffset Cutoff { get; set; }

    /// <summary>The version of pip that resolved it.</summary>
    public required string Pip { get; set; }
}

internal sealed class LockRowMapping : IEntityTypeConfiguration<LockRow>
{
    public void Configure(EntityTypeBuilder<LockRow> builder)
    {
        builder.ToTable("Locks");
        builder.HasKey(row => new { row.Service, row.Release, row.Fingerprint });
        builder.HasIndex(row => new { row.Service, row.Requirement, row.Version, row.Fingerprint, row.Cutoff });
    }
}
