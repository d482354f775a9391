using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Rollouts.Automatic;

/// <summary>How far deploying by itself is in the event log; one row.</summary>
internal sealed class AutomaticCursorRow
{
    /// <summary>The id of the only row.</summary>
    public const int Only = 1;

    public int Id { get; set; }

    /// <summary>For every event up to this id, what had to be deployed was asked for.</summary>
    public long Cursor { get; set; }
}

internal sealed class AutomaticCursorRowMapping : IEntityTypeConfiguration<AutomaticCursorRow>
{
    public void Configure(EntityTypeBuilder<AutomaticCursorRow> builder)
    {
        builder.ToTable("AutomaticCursor");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
