using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>Sessions over HTTP.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/sessions").RequireAuthorization(Policies.View);
        group.MapGet("/", (Caller caller, SessionStore sessions, CancellationToken token) => sessions.ListAsync(caller, token))
            .WithSummary("Lists the sessions that have not ended: all of them for an admin, else one's own");
        group.MapDelete("/{id}", End).WithSummary("Ends a session, at once");
        group.MapPost("/links", MakeLink).WithSummary("Makes a link that signs in to the pages with the rights of the token that is sent, once");
    }

    private static async Task<IResult> End(string id, Caller caller, SessionStore sessions, CancellationToken token)
    {
        await sessions.EndAsync(id, caller, token);
        return TypedResults.NoContent();
    }

    private static async Task<SessionLink> MakeLink(
        SessionLinkRequest request, HttpContext http, Caller caller, SessionLinks links, CancellationToken token)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await links.MakeAsync(caller, request.Return, token);
    }
}
