using Wheelhouse.Contracts.Access;
using Wheelhouse.Python.Distributions;

namespace Wheelhouse.Server.Web.Audit;

/// <summary>Knows the page that shows what was changed. Pure.</summary>
internal static class AuditLinks
{
    /// <summary>The length of a rollout's id, which ends the detail of what was done to rollouts.</summary>
    private const int RolloutIdLength = 26;

    /// <summary>The address of the page; null when there is none.</summary>
    public static string? Find(AuditView row)
    {
        string[] parts = [.. row.Subject.Split('/').Select(Uri.EscapeDataString)];
        return (row.Action.Split('.')[0], parts) switch
        {
            ("rollout", _) when row.Detail?.Split(' ')[^1] is { Length: RolloutIdLength } id => $"rollouts/{id}",
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
