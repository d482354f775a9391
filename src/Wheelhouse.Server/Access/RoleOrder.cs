using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Access;

/// <summary>The order of the roles: each may do all that the ones before it may.</summary>
internal static class RoleOrder
{
    /// <summary>Whether a role may do all that another one may; a role that is not of <see cref="Roles"/> may nothing.</summary>
    public static bool IsAtLeast(string role, string other) => Rank(role) >= Rank(other);

    /// <summary>A role and all the stronger ones.</summary>
    public static IEnumerable<string> From(string role) => Roles.All.Where(other => IsAtLeast(other, role));

    private static int Rank(string role) => Roles.All.Index().Where(entry => entry.Item == role).Select(entry => entry.Index).FirstOrDefault(-1);
}
