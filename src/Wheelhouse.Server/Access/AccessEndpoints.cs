using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Access.Setup;
using Wheelhouse.Server.Access.SignIn;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Hosting;

namespace Wheelhouse.Server.Access;

/// <summary>Access control over HTTP.</summary>
public static class AccessEndpoints
{
    /// <summary>Maps <c>/api/whoami</c>, <c>/api/tokens</c>, <c>/api/users</c>, <c>/api/sessions</c>, <c>/api/audit</c>, <c>/api/setup</c> and the pages of the
    /// set-up and the sign-in.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Access");
        group.MapGet("/whoami", WhoAmI).RequireAuthorization(Policies.View).WithSummary("Says who is asking, and the server's version");
        group.MapAudit();
        group.MapTokens();
        group.MapUsers();
        group.MapSessions();
        routes.MapSetup();
        routes.MapSignIn();
        return routes;
    }

    private static WhoAmI WhoAmI(HttpContext http) => new(http.Caller().Name, http.Caller().Role, ProgramVersion.Text);
}
