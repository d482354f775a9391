using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Users;

/// <summary>Checks what somebody asks for in a user.</summary>
internal static class UserRequests
{
    /// <summary>The shortest password, in characters (code points). There are no other rules: they make passwords guessable (NIST SP 800-63B).</summary>
    public const int ShortestPassword = 12;

    private const int LongestPassword = 256;

    /// <summary>Checks a new user and normalises the names of the projects.</summary>
    /// <exception cref="ApiException">400, with every error.</exception>
    public static UserRequest Check(UserRequest asked, DateTimeOffset now)
    {
        var rights = TokenRequests.Complete(RightsOf(asked));
        TokenRequests.Refuse([.. TokenRequests.Find(rights, now), .. CheckPassword("password", asked.Password, asked.Name)]);
        rights = TokenRequests.Normalize(rights);
        return asked with { Services = rights.Services, Environments = rights.Environments, Projects = rights.Projects };
    }

    /// <summary>Applies a change to a user's role, limits and whether it is disabled.</summary>
    /// <exception cref="ApiException">400, with every error.</exception>
    public static void Apply(UserRow row, UserChange change, DateTimeOffset now)
    {
        var rights = new TokenRequest
        {
            Name = row.Name,
            Role = change.Role ?? row.Role,
            Services = change.Services ?? row.Services,
            Environments = change.Environments ?? row.Environments,
            Projects = change.Projects ?? row.Projects,
        };
        TokenRequests.Refuse(TokenRequests.Find(rights, now));
        rights = TokenRequests.Normalize(rights);
        row.Role = rights.Role;
        row.Services = [.. rights.Services];
        row.Environments = [.. rights.Environments];
        row.Projects = [.. rights.Projects];
        row.Disabled = change.Disabled ?? row.Disabled;
    }

    /// <summary>Says what is wrong with a new password.</summary>
    public static IReadOnlyList<DocumentError> CheckPassword(string field, string? password, string? name)
    {
        var length = password?.EnumerateRunes().Count() ?? 0;
        if (length is < ShortestPassword or > LongestPassword)
        {
            return [new DocumentError(0, 0, field, $"The password must have {ShortestPassword} to {LongestPassword} characters.", "A few words in a row are long and easy to keep.")];
        }

        return string.Equals(password, name, StringComparison.OrdinalIgnoreCase)
            ? [new DocumentError(0, 0, field, "The password is the name.", "Choose one that cannot be guessed.")] : [];
    }

    private static TokenRequest RightsOf(UserRequest asked) => new()
    {
        Name = asked.Name,
        Role = asked.Role,
        Services = asked.Services,
        Environments = asked.Environments,
        Projects = asked.Projects,
    };
}
