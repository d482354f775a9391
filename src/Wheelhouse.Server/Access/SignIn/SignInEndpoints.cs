using Microsoft.AspNetCore.Mvc;
using Wheelhouse.Server.Access.Sessions;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>Signing in and out, as forms that need no script. Each form carries its <see cref="FormProof"/>.</summary>
internal static class SignInEndpoints
{
    private const string LinkEnded = "The link was used or has expired.";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription(); // FormProof answers with a page
        group.MapGet("/sign-in", (HttpContext http, [FromQuery(Name = "return")] string? path) => PlainPage.Answer(http, SignInPage.Ask(http, path)));
        group.MapPost("/sign-in", SignIn).RequireRateLimiting(AddressLimit.PolicyName);
        group.MapGet("/sign-in/link", ShowLink);
        group.MapPost("/sign-in/link", UseLink);
        group.MapPost("/sign-out", SignOut);
    }

    /// <summary>Ends the session that the browser had, whoever's it was, and hands it the new one.</summary>
    internal static async Task<IResult> EnterAsync(HttpContext http, string secret, string? path)
    {
        if (http.Features.Get<Caller>() is { Session: { } old } before)
            await http.RequestServices.GetRequiredService<SessionStore>().EndAsync(old, before, http.RequestAborted);
        http.RequestServices.GetRequiredService<SessionCookie>().Write(http, secret);
        return Results.LocalRedirect("~" + LocalPath.OrFirst(path));
    }

    /// <summary>The client's address, for the records.</summary>
    internal static string? AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    private static async Task<IResult> SignIn(
        HttpContext http, [FromForm] string? name, [FromForm] string? password, [FromForm(Name = "return")] string? path, SignIns signIns,
        CancellationToken token)
    {
        if (!await FormProof.IsValidAsync(http)) return PlainPage.Answer(http, SignInPage.Ask(http, path, name, FormProof.TooOld), 400);
        var outcome = await signIns.SignInAsync((name ?? "").Trim(), password ?? "", AddressOf(http), token);
        if (outcome.Wait is { } wait) return TooManyTries.Page(http, wait, path, name);
        return outcome.Secret is { } secret
            ? await EnterAsync(http, secret, path)
            : PlainPage.Answer(http, SignInPage.Ask(http, path, name, "The name or the password is wrong."), 403);
    }

    private static async Task<IResult> ShowLink(
        HttpContext http, SessionLinks links, CancellationToken token, string code = "", [FromQuery(Name = "return")] string? path = null) =>
        await links.NameAsync(code, token) is { } name
            ? PlainPage.Answer(http, SignInPage.Confirm(http, code, path, name))
            : PlainPage.Answer(http, SignInPage.LinkEnded(http, LinkEnded), 403);

    private static async Task<IResult> UseLink(
        HttpContext http, [FromForm] string? code, [FromForm(Name = "return")] string? path, SessionLinks links, CancellationToken token)
    {
        if (!await FormProof.IsValidAsync(http)) return PlainPage.Answer(http, SignInPage.LinkEnded(http, FormProof.TooOld), 400);
        return await links.RedeemAsync(code ?? "", AddressOf(http), token) is { } secret
            ? await EnterAsync(http, secret, path)
            : PlainPage.Answer(http, SignInPage.LinkEnded(http, LinkEnded), 403);
    }

    private static async Task<IResult> SignOut(HttpContext http, SessionStore sessions, SessionCookie cookie, CancellationToken token)
    {
        if (http.Features.Get<Caller>() is { Session: { } id } caller)
        {
            if (!await FormProof.IsValidAsync(http)) return PlainPage.Answer(http, SignInPage.Ask(http, path: null, error: FormProof.TooOld), 400);
            await sessions.EndAsync(id, caller, token);
        }

        cookie.Remove(http);
        return Results.LocalRedirect("~/sign-in");
    }
}
