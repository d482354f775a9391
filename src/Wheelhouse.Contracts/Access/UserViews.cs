namespace Wheelhouse.Contracts.Access;

/// <summary>Asks for a new user.</summary>
public sealed record UserRequest
{
    /// <summary>The person's name; it is the "who" of everything done. Unique, in any case.</summary>
    public required string Name { get; init; }

    /// <summary>12 to 256 characters; a secret.</summary>
    public required string Password { get; init; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The only services the user may see and deploy; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The only environments the user may deploy to; empty means all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>The only projects the user may upload; empty means all.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Without the password, so that no log shows it by accident.</summary>
    public override string ToString() => $"user {Name} ({Role})";
}

/// <summary>Changes a user; what is null stays as it is.</summary>
public sealed record UserChange
{
    /// <summary>One of <see cref="Roles"/>.</summary>
    public string? Role { get; init; }

    /// <summary>The only services the user may see and deploy; empty means all.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>The only environments the user may deploy to; empty means all.</summary>
    public IReadOnlyList<string>? Environments { get; init; }

    /// <summary>The only projects the user may upload; empty means all.</summary>
    public IReadOnlyList<string>? Projects { get; init; }

    /// <summary>Whether the user cannot sign in; the sessions end at once.</summary>
    public bool? Disabled { get; init; }
}

/// <summary>A user.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Services">The only services the user may see and deploy; empty means all.</param>
/// <param name="Environments">The only environments the user may deploy to; empty means all.</param>
/// <param name="Projects">The only projects the user may upload; empty means all.</param>
/// <param name="Disabled">Whether the user cannot sign in.</param>
/// <param name="CreatedAt">When the user was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="LastSignInAt">When the user last signed in; null means never.</param>
public sealed record UserView(
    string Name,
    string Role,
    IReadOnlyList<string> Services,
    IReadOnlyList<string> Environments,
    IReadOnlyList<string> Projects,
    bool Disabled,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? LastSignInAt);

/// <summary>Gives a user another password.</summary>
/// <param name="Password">12 to 256 characters; a secret.</param>
public sealed record PasswordRequest(string Password)
{
    /// <summary>Without the password, so that no log shows it by accident.</summary>
    public override string ToString() => "a password";
}

/// <summary>Gives the signed-in user another password.</summary>
/// <param name="Old">The one that works now; a secret.</param>
/// <param name="Password">The new one, 12 to 256 characters; a secret.</param>
public sealed record OwnPasswordRequest(string Old, string Password)
{
    /// <summary>Without the passwords, so that no log shows them by accident.</summary>
    public override string ToString() => "two passwords";
}
