namespace Wheelhouse.Contracts.Access;

/// <summary>Somebody who is signed in to the pages.</summary>
/// <param name="Id">Names the session; not a secret.</param>
/// <param name="Name">The user's or the token's name.</param>
/// <param name="IsUser">Whether it is a user's; else it has the rights of a token.</param>
/// <param name="CreatedAt">When the sign-in was.</param>
/// <param name="LastSeenAt">When it was last used, to about a minute.</param>
/// <param name="ExpiresAt">When it ends at the latest; it ends earlier when it is not used.</param>
/// <param name="Address">The client's address at the sign-in; null when that is not known.</param>
/// <param name="IsCurrent">Whether this very request is part of it.</param>
public sealed record SessionView(
    string Id,
    string Name,
    bool IsUser,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string? Address,
    bool IsCurrent);

/// <summary>Asks for a link that signs in to the pages with the rights of the token that asks.</summary>
/// <param name="Return">The page to go to then, as a path on the server; null for the first one.</param>
public sealed record SessionLinkRequest(string? Return = null);

/// <summary>A link that signs in to the pages, once.</summary>
/// <param name="Url">The link; a secret.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record SessionLink(string Url, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the link, so that no log shows it by accident.</summary>
    public override string ToString() => $"a link until {ExpiresAt:u}";
}
