namespace Wheelhouse.Server.Web.Audit;

/// <summary>Knows the page that a change leads to. Pure.</summary>
internal static class AuditLinks
{
    /// <summary>The address of the page that shows what was changed; null when there is none.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="subject">On what, such as <c>billing/production</c>.</param>
    public static string? Find(string action, string subject)
    {
        string[] parts = [.. subject.Split('/').Select(Uri.EscapeDataString)];
        return (action.Split('.')[0], parts) switch
        {
            ("service", [var service]) when action != "service.deleted" => $"services/{service}",
            ("rollout" or "fence", [var service, var environment]) => $"services/{service}/{environment}",
            ("host_key", [_, _, var node]) => $"nodes?find={node}",
            _ => null,
        };
    }
}
