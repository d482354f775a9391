using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

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

    private static async Task<IResult> Create(
        TokenRequest asked, HttpContext http, DatabaseWriter writer, AuditLog audit, TimeProvider time, CancellationToken token)
    {
        var request = TokenRequests.Check(asked, time.GetUtcNow());
        var (by, key) = (http.Caller().Name, IdempotencyKey.Of(http.Request));
        var created = await writer.WriteAsync(context =>
        {
            RepeatedTokens.Refuse(context, key, request);
            return NewTokens.Add(context, audit, request, by, time.GetUtcNow(), key);
        }, token);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/tokens/{Uri.EscapeDataString(request.Name)}", created);
    }

    private static async Task<IResult> Remove(
        string name, HttpContext http, DatabaseWriter writer, VerifiedTokens verified, AuditLog audit, TimeProvider time, CancellationToken token)
    {
        var by = http.Caller().Name;
        await writer.WriteAsync(context =>
        {
            var row = context.Set<TokenRow>().FirstOrDefault(row => row.Name == name)
                ?? throw new ApiException(404, ProblemCodes.NotFound, $"There is no token '{name}'.", "List them with GET /api/tokens.");
            if (row.Role == Roles.Admin) Admins.RequireAnother(name, Admins.Exist(context, time.GetUtcNow(), exceptToken: name));
            context.Remove(row);
            audit.Record(context, by, "token.removed", name, null);
        }, token);
        verified.Forget();
        return TypedResults.NoContent();
    }
}
