using Wheelhouse.Server.Access.Users;
using static Wheelhouse.Server.Access.SignIn.PlainPage;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>The page behind the link that the first start prints. It needs no script.</summary>
internal static class SetupPage
{
    /// <summary>Asks for the first admin's name and password.</summary>
    /// <param name="http">The request.</param>
    /// <param name="code">The one-time code of the address.</param>
    /// <param name="name">What was entered the last time.</param>
    /// <param name="error">Why that failed.</param>
    public static string Ask(HttpContext http, string code, string? name = null, string? error = null) => Of(http, "The first admin", $"""
        <p>This server has nobody yet. The first admin lets everybody else in.</p>
        {Alert(error)}
        <form method="post" action="{At(http, "/setup")}">
          <label class="field">One-time code <span class="hint" id="code-hint">As the server printed it at its start.</span>
            <input type="text" name="code" class="mono" value="{Encode(code)}" required autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="code-hint"></label>
          <label class="field">Your name <span class="hint" id="name-hint">It stands beside everything you do.</span>
            <input type="text" name="name" value="{Encode(name ?? "")}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="name-hint"></label>
          <label class="field">A new password <span class="hint" id="password-hint">{UserRequests.ShortestPassword} characters at least; a few words in a row are good.</span>
            <input type="password" name="password" required minlength="{UserRequests.ShortestPassword}" autocomplete="new-password" aria-describedby="password-hint"></label>
          <button class="button primary">Make me the first admin</button>
        </form>
        """);
}
