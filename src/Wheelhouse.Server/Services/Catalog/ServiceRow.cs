using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>A service. One that is deleted keeps its row and its revisions, so that its history stays and numbers are not used again.</summary>
public sealed class ServiceRow
{
    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>The number of the newest revision.</summary>
    public int Revision { get; set; }

    /// <summary>When it was deleted; null when it is not.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A revision of a service's document. Never changed once written.</summary>
public sealed class ServiceRevisionRow
{
    /// <summary>The service's name.</summary>
    public required string Service { get; set; }

    /// <summary>1 for the first.</summary>
    public int Number { get; set; }

    /// <summary>When it was applied.</summary>
    public DateTimeOffset AppliedAt { get; set; }

    /// <summary>Who applied it.</summary>
    public required string AppliedBy { get; set; }

    /// <summary>The document as it was sent.</summary>
    public required string Yaml { get; set; }
}

internal sealed class ServiceRowMapping : IEntityTypeConfiguration<ServiceRow>
{
    public void Configure(EntityTypeBuilder<ServiceRow> builder)
    {
        builder.ToTable("Services");
        builder.HasKey(row => row.Name);
    }
}

internal sealed class ServiceRevisionRowMapping : IEntityTypeConfiguration<ServiceRevisionRow>
{
    public void Configure(EntityTypeBuilder<ServiceRevisionRow> builder)
    {
        builder.ToTable("ServiceRevisions");
        builder.HasKey(row => new { row.Service, row.Number });
    }
}
