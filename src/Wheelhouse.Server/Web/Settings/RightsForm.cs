using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Web.Settings;

/// <summary>A role and its limits, as they are being entered.</summary>
public sealed class RightsForm
{
    public string Role { get; set; } = Roles.Viewer;

    /// <summary>Names, separated by commas or blanks; so are the other limits.</summary>
    public string Services { get; set; } = "";

    public string Environments { get; set; } = "";

    public string Projects { get; set; } = "";

    /// <summary>Begins with what a user has.</summary>
    public static RightsForm Of(UserView user) => new()
    {
        Role = user.Role,
        Services = Join(user.Services),
        Environments = Join(user.Environments),
        Projects = Join(user.Projects),
    };

    /// <summary>The names that were entered in a limit; none for an admin, who has no limits.</summary>
    public IReadOnlyList<string> Names(string limit) =>
        Role == Roles.Admin ? [] : limit.Split([',', ' ', '\n', '\r', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);

    private static string Join(IReadOnlyList<string> names) => string.Join(", ", names);
}
