using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>A link that starts a session with the rights of a token, once. The code in it is not stored, only its hash.</summary>
public sealed class SessionLinkRow
{
    /// <summary>SHA-256 of the code.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The id of the token.</summary>
    public required string Token { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed class SessionLinkRowMapping : IEntityTypeConfiguration<SessionLinkRow>
{
    public void Configure(EntityTypeBuilder<SessionLinkRow> builder)
    {
        builder.ToTable("SessionLinks");
        builder.HasKey(row => row.Hash);
    }
}
