namespace Wheelhouse.Contracts.Access;

/// <summary>Asks for a new token.</summary>
public sealed record TokenRequest
{
    /// <summary>A name that says who or what will use it; it is the "who" of everything done with it. Unique.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The only services it may see and deploy; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The only environments it may deploy to; empty means all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>The only projects it may upload; empty means all.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>When it stops working; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A token, without its secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Services">The only services it may see and deploy; empty means all.</param>
/// <param name="Environments">The only environments it may deploy to; empty means all.</param>
/// <param name="Projects">The only projects it may upload; empty means all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="ExpiresAt">When it stops working; null means never.</param>
/// <param name="LastUsedAt">When it was last used, to about a minute; null means never.</param>
public sealed record TokenView(
    string Name,
    string Role,
    IReadOnlyList<string> Services,
    IReadOnlyList<string> Environments,
    IReadOnlyList<string> Projects,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>A token that was just made.</summary>
/// <param name="Token">The secret; shown this once.</param>
/// <param name="View">The rest of it.</param>
public sealed record CreatedToken(string Token, TokenView View);

/// <summary>The roles, each with all that the ones before it may do (a publisher may upload but not deploy; a deployer may both).</summary>
public static class Roles
{
    /// <summary>May look at everything and install from the index.</summary>
    public const string Viewer = "viewer";

    /// <summary>May also upload to the index.</summary>
    public const string Publisher = "publisher";

    /// <summary>May also deploy, revert and cancel.</summary>
    public const string Deployer = "deployer";

    /// <summary>May also apply services, trust host keys and make tokens.</summary>
    public const string Admin = "admin";

    /// <summary>All of them, the weakest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Publisher, Deployer, Admin];
}

/// <summary>Who the caller is.</summary>
/// <param name="Name">The token's name.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Server">The server's version.</param>
public sealed record WhoAmI(string Name, string Role, string Server);

/// <summary>Exchanges the one-time code of the first start for an admin token.</summary>
/// <param name="Code">The code that the server printed.</param>
/// <param name="Name">The name of the token to make.</param>
public sealed record SetupRequest(string Code, string Name);

/// <summary>One change that somebody made.</summary>
/// <param name="Id">Its place in the audit log.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Action">What, such as <c>service.applied</c>.</param>
/// <param name="Subject">On what, such as <c>billing</c>.</param>
/// <param name="Detail">More, in a sentence; never contains a secret.</param>
public sealed record AuditView(long Id, DateTimeOffset At, string By, string Action, string Subject, string? Detail);
