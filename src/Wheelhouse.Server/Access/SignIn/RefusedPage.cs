using Wheelhouse.Server.Hosting.Http;
using static Wheelhouse.Server.Access.SignIn.PlainPage;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>What a person who is signed in sees in place of a page that the role is too weak for.</summary>
internal static class RefusedPage
{
    public static string Of(HttpContext http, ApiException refusal) => PlainPage.Of(http, "This page is not for your role", $"""
        <div class="notice tone-warn" role="alert"><strong>{Encode(refusal.Message)}</strong><span>{Encode(refusal.Fix ?? "")}</span></div>
        <a class="button primary" href="{At(http, "/")}">See what runs where</a>
        <form method="post" action="{At(http, "/sign-out")}">
          {FormProof.Field(http)}
          <button class="button">Sign in as somebody else</button>
        </form>
        """);
}
