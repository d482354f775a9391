using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Access.Users;

/// <summary>A person who signs in with a password.</summary>
public sealed class UserRow
{
    /// <summary>The name in lower case, so that no two differ in case only.</summary>
    public required string Key { get; set; }

    /// <summary>The name as it was given.</summary>
    public required string Name { get; set; }

    /// <summary>See <see cref="Passwords.PasswordHash"/>.</summary>
    public required string Password { get; set; }

    public required string Role { get; set; }

    public List<string> Services { get; set; } = [];

    public List<string> Environments { get; set; } = [];

    /// <summary>Normalised names (PEP 503).</summary>
    public List<string> Projects { get; set; } = [];

    /// <summary>Cannot sign in and has no sessions.</summary>
    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    public static string KeyOf(string name) => name.ToLowerInvariant();

    public Caller ToCaller() => new(Name, Role, Services, Environments, Projects) { IsUser = true };

    public UserView ToView() => new(Name, Role, Services, Environments, Projects, Disabled, CreatedAt, CreatedBy, LastSignInAt);
}

internal sealed class UserRowMapping : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("Users");
        builder.HasKey(row => row.Key);
    }
}
