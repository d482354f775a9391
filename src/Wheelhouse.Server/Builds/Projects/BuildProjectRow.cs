using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>A project that is built: its document, and what the last question to its git host brought.</summary>
internal sealed class BuildProjectRow
{
    /// <summary>The normalised name of the project on the index (PEP 503).</summary>
    public required string Name { get; set; }

    /// <summary>The document as it was sent.</summary>
    public required string Yaml { get; set; }

    /// <summary>1 for the first, and one more for each change of the document.</summary>
    public int Revision { get; set; }

    public DateTimeOffset AppliedAt { get; set; }

    public required string AppliedBy { get; set; }

    /// <summary>When the git host was asked last for what is new; null when it never was.</summary>
    public DateTimeOffset? PolledAt { get; set; }

    /// <summary>The branches and tags that it named then, each with its commit, as JSON; null when it never answered.</summary>
    public string? Polled { get; set; }

    /// <summary>Why it did not answer the last time; null when it did.</summary>
    public string? PollError { get; set; }
}

internal sealed class BuildProjectRowMapping : IEntityTypeConfiguration<BuildProjectRow>
{
    public void Configure(EntityTypeBuilder<BuildProjectRow> builder)
    {
        builder.ToTable("BuildProjects");
        builder.HasKey(row => row.Name);
    }
}
