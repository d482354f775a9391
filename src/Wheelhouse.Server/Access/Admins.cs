using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access;

/// <summary>Sees to it that somebody can let others in.</summary>
internal static class Admins
{
    /// <summary>Whether somebody is an admin: an enabled user or a token that has not expired.</summary>
    /// <param name="context">The database.</param>
    /// <param name="now">The time.</param>
    /// <param name="exceptToken">The name of a token that does not count.</param>
    /// <param name="exceptUser">The <see cref="UserRow.Key"/> of a user who does not count.</param>
    public static bool Exist(WheelhouseContext context, DateTimeOffset now, string? exceptToken = null, string? exceptUser = null) =>
        context.Set<TokenRow>().Any(row => row.Role == Roles.Admin && (row.ExpiresAt == null || row.ExpiresAt > now) && row.Name != exceptToken)
        || context.Set<UserRow>().Any(row => row.Role == Roles.Admin && !row.Disabled && row.Key != exceptUser);

    /// <summary>Refuses to lose the last admin.</summary>
    /// <param name="name">Who goes.</param>
    /// <param name="another">Whether there is another one.</param>
    /// <exception cref="ApiException">409.</exception>
    public static void RequireAnother(string name, bool another)
    {
        if (!another) throw new ApiException(409, ProblemCodes.WrongState, $"'{name}' is the last admin.", "Make another one first.");
    }
}
