using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>Somebody who is signed in. The secret in the cookie is not stored, only its hash.</summary>
public sealed class SessionRow
{
    /// <summary>Names the session; not a secret.</summary>
    public required string Id { get; set; }

    /// <summary>SHA-256 of the secret. No slow hash is needed: it has 256 random bits.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The key of the user whose session it is; null when it is a token's.</summary>
    public string? User { get; set; }

    /// <summary>The id of the token whose session it is; null when it is a user's.</summary>
    public string? Token { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The client's address at the sign-in.</summary>
    public string? Address { get; set; }
}

internal sealed class SessionRowMapping : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Hash).IsUnique();
        builder.HasIndex(row => row.User);
    }
}
