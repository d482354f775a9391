using Wheelhouse.Contracts.Access;
using Wheelhouse.Python.Distributions;

namespace Wheelhouse.Server.Web.Audit;

/// <summary>Knows the page that shows what was changed. Pure.</summary>
internal static class AuditLinks
{
    /// <summary>The length of the id of a rollout or build, which ends the detail of what was done to them.</summary>
    private const int IdLength = 26;

    /// <summary>The address of the page; null when there is none.</summary>
    public static string? Find(AuditView row)
    {
        string[] parts = [.. row.Subject.Split('/').Select(Uri.EscapeDataString)];
        return (row.Action.Split('.')[0], parts) switch
        {
            ("rollout", _) when row.Detail?.Split(' ')[^1] is { Length: IdLength } id => $"rollouts/{id}",
            ("build", _) when row.Detail?.Split(' ')[^1] is { Length: IdLength } id => $"builds/{id}",
            ("project", [var project]) when row.Action == "project.applied" => $"builds/projects/{project}",
            ("rollout" or "fence", [var service, var environment]) => $"services/{service}/{environment}",
            ("service", [var service]) when row.Action != "service.deleted" => $"services/{service}",
            ("hold", [var service, "%2A"]) => $"services/{service}",
            ("hold", [not "%2A" and var service, var environment]) => $"services/{service}/{environment}",
            ("host_key", [_, _, var node]) => $"nodes?find={node}",
            ("file", _) when DistributionFileName.TryParse(row.Subject, out var file) => $"packages/{file.Project.Normalized}",
            _ => null,
        };
    }
}
