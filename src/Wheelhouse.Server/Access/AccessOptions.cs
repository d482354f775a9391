namespace Wheelhouse.Server.Access;

/// <summary>Who may do what without having been given a token by somebody.</summary>
public sealed class AccessOptions
{
    /// <summary>The shortest <see cref="AdminToken"/> that is accepted, in characters.</summary>
    public const int MinAdminTokenLength = 20;

    /// <summary>
    /// The secret of the token named <c>admin</c>, for unattended set-ups; at least <see cref="MinAdminTokenLength"/> printable ASCII
    /// characters without spaces. Changing it replaces that token at the next start. Null, the default, prints a one-time code at the first start.
    /// </summary>
    public string? AdminToken { get; set; }

    /// <summary>Whether everybody who reaches the server may read the index without a token. Off by default.</summary>
    public bool AnonymousRead { get; set; }
}
