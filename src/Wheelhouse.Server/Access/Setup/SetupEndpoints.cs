using Microsoft.AspNetCore.Mvc;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.SignIn;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>The first admin's set-up over HTTP. The code is all that is needed, so nothing here asks for a token.</summary>
internal static class SetupEndpoints
{
    /// <summary>The guide through the first steps.</summary>
    private const string FirstPage = "/start";

    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/setup", Exchange).AllowAnonymous().WithTags("Access")
            .WithSummary("Exchanges the one-time code of the first start for an admin's token");
        routes.MapGet("/setup", (HttpContext http, string? code) => PlainPage.Answer(http, SetupPage.Ask(http, code ?? "")))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/setup", Submit).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription(); // The code proves what a forged form lacks
    }

    private static async Task<CreatedToken> Exchange(SetupRequest request, HttpContext http, SetupCodes codes, CancellationToken token)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await codes.ExchangeAsync(request, token);
    }

    private static async Task<IResult> Submit(
        HttpContext http, [FromForm] string? code, [FromForm] string? name, [FromForm] string? password, SetupCodes codes, CancellationToken token)
    {
        try
        {
            var secret = await codes.SignUpAsync(code ?? "", name ?? "", password ?? "", SignInEndpoints.AddressOf(http), token);
            return await SignInEndpoints.EnterAsync(http, secret, FirstPage);
        }
        catch (ApiException refusal)
        {
            return PlainPage.Answer(http, SetupPage.Ask(http, code ?? "", name, $"{refusal.Message} {refusal.Fix}"), refusal.Status);
        }
    }
}
