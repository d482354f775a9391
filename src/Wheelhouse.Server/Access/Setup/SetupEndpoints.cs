using Microsoft.AspNetCore.Mvc;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>The first admin's set-up over HTTP. The code is all that is needed, so nothing here asks for a token.</summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/setup", Exchange).AllowAnonymous().WithTags("Access")
            .WithSummary("Exchanges the one-time code of the first start for an admin's token");
        routes.MapGet("/setup", (HttpContext http, string? code) => Page(http, SetupPage.Ask(code ?? ""))).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/setup", Submit).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription(); // The code proves what a forged form lacks
    }

    private static async Task<CreatedToken> Exchange(SetupRequest request, HttpContext http, SetupCodes codes, CancellationToken token)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await codes.ExchangeAsync(request, token);
    }

    private static async Task<IResult> Submit(
        HttpContext http, [FromForm] string code, [FromForm] string name, SetupCodes codes, CancellationToken token)
    {
        try
        {
            return Page(http, SetupPage.Done(await codes.ExchangeAsync(new SetupRequest(code, name), token)));
        }
        catch (ApiException refusal)
        {
            return Page(http, SetupPage.Ask(code, $"{refusal.Message} {refusal.Fix}"), refusal.Status);
        }
    }

    private static IResult Page(HttpContext http, string html, int status = 200)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer"; // The address has the code
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
