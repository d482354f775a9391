using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>Tokens over HTTP.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tokens").RequireAuthorization(Policies.Administer);
        group.MapGet("/", List).WithSummary("Lists the tokens, without their secrets");
        group.MapPost("/", Create).WithSummary("Makes a token; its secret is in this answer and nowhere else")
            .WithDescription("A request with the Idempotency-Key of an earlier one makes nothing and is answered 409 with the code token_made, since a secret cannot be shown again; a key that was used for another token is answered 422.");
        group.MapDelete("/{name}", Remove).WithSummary("Removes a token; it stops working at once");
    }

    private static async Task<IReadOnlyList<TokenView>> List(TokenStore tokens, CancellationToken token) =>
        [.. (await tokens.ListAsync(token)).Select(row => row.ToView())];

    private static async Task<IResult> Create(TokenRequest asked, HttpContext http, TokenStore tokens, CancellationToken token)
    {
        var created = await tokens.AddAsync(asked, http.Caller().Name, IdempotencyKey.Of(http.Request), token);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/tokens/{Uri.EscapeDataString(created.View.Name)}", created);
    }

    private static async Task<IResult> Remove(string name, Caller caller, TokenStore tokens, CancellationToken token)
    {
        await tokens.RemoveAsync(name, caller.Name, token);
        return TypedResults.NoContent();
    }
}
