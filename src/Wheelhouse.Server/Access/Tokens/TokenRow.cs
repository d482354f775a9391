using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>A token. Its secret is not stored, only the hash.</summary>
public sealed class TokenRow
{
    /// <summary>The public part of the token's text.</summary>
    public required string Id { get; set; }

    /// <summary>SHA-256 of the whole text. No slow hash is needed: the secret has 256 random bits.</summary>
    public required byte[] Hash { get; set; }

    public required string Name { get; set; }

    public required string Role { get; set; }

    public List<string> Services { get; set; } = [];

    public List<string> Environments { get; set; } = [];

    /// <summary>Normalised names (PEP 503).</summary>
    public List<string> Projects { get; set; } = [];

    /// <summary>The Idempotency-Key of the request that made it, unique; null when it had none.</summary>
    public string? IdempotencyKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public Caller ToCaller() => new(Name, Role, Services, Environments, Projects);

    public TokenView ToView() => new(Name, Role, Services, Environments, Projects, CreatedAt, CreatedBy, ExpiresAt, LastUsedAt);
}

internal sealed class TokenRowMapping : IEntityTypeConfiguration<TokenRow>
{
    public void Configure(EntityTypeBuilder<TokenRow> builder)
    {
        builder.ToTable("Tokens");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasIndex(row => row.Hash).IsUnique();
        builder.HasIndex(row => row.IdempotencyKey).IsUnique();
    }
}
