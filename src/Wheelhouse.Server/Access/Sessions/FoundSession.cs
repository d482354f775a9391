using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Access.Users;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>A session with whom it belongs to.</summary>
/// <param name="Row">The session.</param>
/// <param name="User">Its user; null when it has none, or none any more.</param>
/// <param name="Token">Its token; null when it has none, or none any more.</param>
internal sealed record FoundSession(SessionRow Row, UserRow? User, TokenRow? Token)
{
    /// <summary>Who acts in the session, with the rights of now; null when it has ended.</summary>
    /// <param name="now">The time.</param>
    /// <param name="idle">How long it lasts without use.</param>
    public Caller? ToCaller(DateTimeOffset now, TimeSpan idle)
    {
        if (now >= Row.ExpiresAt || now >= Row.LastSeenAt + idle) return null;
        var caller = User is { Disabled: false } ? User.ToCaller() : Token is not null && !(Token.ExpiresAt <= now) ? Token.ToCaller() : null;
        return caller is null ? null : caller with { Session = Row.Id };
    }

    /// <summary>What is told about a session that has not ended.</summary>
    public SessionView ToView(Caller caller, string? current) => new(
        Row.Id, caller.Name, caller.IsUser, Row.CreatedAt, Row.LastSeenAt, Row.ExpiresAt, Row.Address, IsCurrent: Row.Id == current);
}
