using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>The one-time code of a first start, which makes an admin of whoever has it. Only its hash is stored.</summary>
public sealed class SetupCodeRow
{
    /// <summary>SHA-256 of the code.</summary>
    public required byte[] Hash { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed class SetupCodeRowMapping : IEntityTypeConfiguration<SetupCodeRow>
{
    public void Configure(EntityTypeBuilder<SetupCodeRow> builder)
    {
        builder.ToTable("SetupCodes");
        builder.HasKey(row => row.Hash);
    }
}
