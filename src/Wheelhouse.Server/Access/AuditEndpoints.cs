using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access;

/// <summary>The audit log over HTTP: <c>/api/audit</c>.</summary>
internal static class AuditEndpoints
{
    private const int UsualPage = 100;
    private const string OldestFirst = "oldest";
    private const string NewestFirst = "newest";

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/audit", ReadAsync)
        .RequireAuthorization(Policies.Administer)
        .WithSummary($"Lists changes, at most {AuditLog.LongestPage}: the oldest first after a place in the audit log, or with order=newest the newest first before one");

    private static Task<IReadOnlyList<AuditView>> ReadAsync(
        AuditLog audit, CancellationToken token, long after = 0, long? before = null, string order = OldestFirst,
        string? by = null, string? action = null, string? text = null, int limit = UsualPage)
    {
        if (limit is <= 0 or > AuditLog.LongestPage) throw Invalid($"limit is {limit}.", $"Ask for 1 to {AuditLog.LongestPage} rows.");
        var filter = new AuditFilter(by, action, text);
        return order switch
        {
            OldestFirst when before is null => audit.ReadAsync(filter, after, limit, token),
            NewestFirst when after == 0 => audit.ReadNewestAsync(filter, before, limit, token),
            OldestFirst or NewestFirst => throw Invalid($"The order '{order}' does not go with this end of the page.", "Give after with oldest, before with newest."),
            _ => throw Invalid($"order is '{order}'.", $"Ask for {OldestFirst} or {NewestFirst}."),
        };
    }

    private static ApiException Invalid(string message, string fix) => new(400, ProblemCodes.InvalidRequest, message, fix);
}
