using Microsoft.AspNetCore.Antiforgery;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>
/// The proof that a form was on a page of this server. Those who are not signed in need it too: another site could sign them in as
/// somebody else, to see what they enter.
/// </summary>
internal static class FormProof
{
    public const string TooOld = "This page was open for too long, or in another tab somebody signed in or out. Try again.";

    /// <summary>The hidden field that carries it.</summary>
    public static string Field(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{PlainPage.Encode(tokens.RequestToken!)}\">";
    }

    /// <summary>Whether a form carries it.</summary>
    public static Task<bool> IsValidAsync(HttpContext http) => http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
}
