using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>A channel: its document, and how far it is in the event log.</summary>
public sealed class ChannelRow
{
    public required string Name { get; set; }

    /// <summary>The document as it was sent.</summary>
    public required string Yaml { get; set; }

    /// <summary>1 for the first, and one more for each change of the document.</summary>
    public int Revision { get; set; }

    public DateTimeOffset AppliedAt { get; set; }

    public required string AppliedBy { get; set; }

    /// <summary>Every event up to this id was told, set aside, or is none of the channel's.</summary>
    public long Cursor { get; set; }
}

internal sealed class ChannelRowMapping : IEntityTypeConfiguration<ChannelRow>
{
    public void Configure(EntityTypeBuilder<ChannelRow> builder)
    {
        builder.ToTable("Channels");
        builder.HasKey(row => row.Name);
    }
}
