using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>The page of a project that an upstream has.</summary>
internal sealed class UpstreamPageRow
{
    /// <summary>The normalised name of the project.</summary>
    public required string Project { get; set; }

    /// <summary>The name of the upstream.</summary>
    public required string Upstream { get; set; }

    /// <summary>An <see cref="UpstreamPage"/>; see <see cref="UpstreamPage.ToBytes"/>.</summary>
    public required byte[] Page { get; set; }
}

internal sealed class UpstreamPageRowMapping : IEntityTypeConfiguration<UpstreamPageRow>
{
    public void Configure(EntityTypeBuilder<UpstreamPageRow> builder)
    {
        builder.ToTable("UpstreamPages");
        builder.HasKey(row => row.Project);
    }
}
