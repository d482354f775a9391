using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access;

/// <summary>Who makes a request, and what the token or the user's role allows.</summary>
/// <param name="Name">The token's or the user's name: the "who" of everything done.</param>
/// <param name="Role">One of <see cref="Roles"/>, or <see cref="IndexReader"/>.</param>
/// <param name="Services">The only services it may see and deploy; empty means all.</param>
/// <param name="Environments">The only environments it may deploy to; empty means all.</param>
/// <param name="Projects">The only projects it may upload, with normalised names (PEP 503); empty means all.</param>
public sealed record Caller(
    string Name, string Role, IReadOnlyList<string> Services, IReadOnlyList<string> Environments, IReadOnlyList<string> Projects)
{
    /// <summary>The role of a node's token, below all of <see cref="Roles"/>: it satisfies <see cref="Policies.ReadIndex"/> and nothing else.</summary>
    public const string IndexReader = "index-reader";

    /// <summary>Whether it is a user, signed in with a password; else it is a token.</summary>
    public bool IsUser { get; init; }

    /// <summary>The id of the session that the request is part of; null when it came with a token.</summary>
    public string? Session { get; init; }

    /// <summary>Such as <c>The token 'ci'</c>, to begin a sentence with.</summary>
    internal string Title => $"The {(IsUser ? "user" : "token")} '{Name}'";

    /// <summary>Whether it may see a service.</summary>
    public bool MaySee(string service) => Has(Roles.Viewer) && Allows(Services, service);

    /// <summary>Whether it may deploy, revert and cancel there.</summary>
    public bool MayDeploy(string service, string environment) =>
        Has(Roles.Deployer) && Allows(Services, service) && Allows(Environments, environment);

    /// <summary>Whether it may place and lift holds there: it must be able to deploy all that they refuse.</summary>
    /// <param name="service">The service; null for all of them.</param>
    /// <param name="environment">The environment; null for all of them.</param>
    public bool MayHold(string? service, string? environment) => MayDeploy(service ?? "", environment ?? "");

    /// <summary>Whether it may upload files of a project.</summary>
    /// <param name="project">The project's name, normalised or not.</param>
    public bool MayPublish(string project) => Has(Roles.Publisher) && Allows(Projects, ProjectName.Normalize(project));

    /// <summary>Whether it may do what <see cref="Policies.Administer"/> holds for.</summary>
    public bool MayAdminister => Has(Roles.Admin);

    /// <summary>Refuses unless <see cref="MayAdminister"/>.</summary>
    /// <param name="action">What it wants to do, such as <c>read the audit log</c>.</param>
    /// <exception cref="ApiException">403, saying the role that is needed.</exception>
    public void RequireMayAdminister(string action)
    {
        if (!MayAdminister) throw Refuse(action, Roles.Admin, limits: null);
    }

    /// <summary>Refuses unless <see cref="MaySee"/>.</summary>
    /// <exception cref="ApiException">403, saying what the token allows.</exception>
    public void RequireMaySee(string service)
    {
        if (!MaySee(service)) throw Refuse($"see the service {service}", Roles.Viewer, $"the service {service}");
    }

    /// <summary>Refuses unless <see cref="MayDeploy"/>.</summary>
    /// <exception cref="ApiException">403, saying what the token allows.</exception>
    public void RequireMayDeploy(string service, string environment)
    {
        if (!MayDeploy(service, environment)) throw Refuse($"deploy {service} to {environment}", Roles.Deployer, $"{service} and {environment}");
    }

    /// <summary>Refuses unless <see cref="MayHold"/>.</summary>
    /// <exception cref="ApiException">403, saying what the token allows.</exception>
    public void RequireMayHold(string? service, string? environment)
    {
        var limits = $"{(service is null ? "every service" : $"the service {service}")} and {environment ?? "every environment"}";
        if (!MayHold(service, environment)) throw Refuse($"hold {limits}", Roles.Deployer, limits);
    }

    /// <summary>Refuses unless <see cref="MayPublish"/>.</summary>
    /// <exception cref="ApiException">403, saying what the token allows.</exception>
    public void RequireMayPublish(string project)
    {
        if (!MayPublish(project)) throw Refuse($"upload {project}", Roles.Publisher, $"the project {project}");
    }

    /// <summary>How minimal APIs get it for a parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(http.Caller());

    private static bool Allows(IReadOnlyList<string> only, string name) => only.Count == 0 || only.Contains(name, StringComparer.Ordinal);

    private bool Has(string role) => RoleOrder.IsAtLeast(Role, role);

    /// <summary>Says the role and the limits.</summary>
    internal string Describe() => $"role {Role}" + (LimitsText is { Length: > 0 } limits ? $", limited to {limits}" : "");

    /// <summary>Says the limits; empty when there are none.</summary>
    internal string LimitsText => string.Join("; ", new[] { Limit("services", Services), Limit("environments", Environments), Limit("projects", Projects) }.OfType<string>());

    private static string? Limit(string what, IReadOnlyList<string> names) => names.Count > 0 ? $"{what} {string.Join(", ", names)}" : null;

    /// <summary>What to ask an admin for.</summary>
    internal string Wish(string role) => IsUser ? $"the role {role}" : $"a token with the role {role}";

    private ApiException Refuse(string action, string role, string? limits) => new(
        403, ProblemCodes.Forbidden, $"{Title} may not {action}: its {Describe().Replace("role ", "role is ", StringComparison.Ordinal)}.",
        $"Ask an admin for {Wish(role)}{(limits is null ? "" : $" {(IsUser ? "and" : "whose")} limits {(IsUser ? "that " : "")}include {limits}")}.");
}
