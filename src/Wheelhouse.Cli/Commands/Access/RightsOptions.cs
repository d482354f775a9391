using System.CommandLine;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>The options that say what a token or a user may do.</summary>
internal sealed class RightsOptions
{
    /// <param name="roleIsNeeded">Whether the role must be given.</param>
    public RightsOptions(bool roleIsNeeded) =>
        Role = new Option<string>("--role") { Description = "What it may do", Required = roleIsNeeded, HelpName = "ROLE" }.AcceptOnlyFromAmong([.. Roles.All]);

    public Option<string> Role { get; }

    public Option<string[]> Services { get; } = Many("--service", "Only this service; may be repeated");

    public Option<string[]> Environments { get; } = Many("--environment", "Only this environment; may be repeated");

    public Option<string[]> Projects { get; } = Many("--project", "Only uploads to this project; may be repeated");

    public IReadOnlyList<Option> All => [Role, Services, Environments, Projects];

    /// <summary>What the limits are, for a list.</summary>
    public static string Describe(IReadOnlyList<string> services, IReadOnlyList<string> environments, IReadOnlyList<string> projects)
    {
        var limits = string.Join(", ", services.Concat(environments).Concat(projects));
        return limits.Length == 0 ? "everything" : limits;
    }

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => [] };
}
