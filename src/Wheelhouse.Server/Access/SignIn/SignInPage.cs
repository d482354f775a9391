using static Wheelhouse.Server.Access.SignIn.PlainPage;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>The pages of the sign-in.</summary>
internal static class SignInPage
{
    /// <summary>Asks for name and password.</summary>
    /// <param name="http">The request, for the form's proof.</param>
    /// <param name="path">Where to go then.</param>
    /// <param name="name">What was entered the last time.</param>
    /// <param name="error">Why that failed.</param>
    public static string Ask(HttpContext http, string? path, string? name = null, string? error = null) => Of(http, "Sign in", $"""
        {Alert(error)}
        <form method="post" action="{At(http, "/sign-in")}">
          {FormProof.Field(http)}
          <input type="hidden" name="return" value="{Encode(LocalPath.OrFirst(path))}">
          <label class="field">Name
            <input type="text" name="name" value="{Encode(name ?? "")}" required {AutoFocusIf(string.IsNullOrEmpty(name))} autocomplete="username" autocapitalize="none" spellcheck="false"></label>
          <label class="field">Password
            <input type="password" name="password" required {AutoFocusIf(!string.IsNullOrEmpty(name))} autocomplete="current-password"></label>
          <button class="button primary">Sign in</button>
        </form>
        <p class="aside">With a token instead: run <code>wheelhouse open</code>.</p>
        """);

    /// <summary>Asks whether to use a link up: programs that preview links open them too.</summary>
    public static string Confirm(HttpContext http, string code, string? path, string name) => Of(http, "Sign in", $"""
        <p>The pages will have the rights of the token <strong>{Encode(name)}</strong>.</p>
        <form method="post" action="{At(http, "/sign-in/link")}">
          {FormProof.Field(http)}
          <input type="hidden" name="code" value="{Encode(code)}">
          <input type="hidden" name="return" value="{Encode(LocalPath.OrFirst(path))}">
          <button class="button primary" autofocus>Sign in as {Encode(name)}</button>
        </form>
        <p class="aside">The link works once, for a minute. If you did not ask for it, close this page.</p>
        """);

    /// <summary>Says that a link cannot be used.</summary>
    public static string LinkEnded(HttpContext http, string error) => Of(http, "Sign in", $"""
        {Alert(error)}
        <p>Run <code>wheelhouse open</code> for a new link.</p>
        <a class="button" href="{At(http, "/sign-in")}">Sign in with a password</a>
        """);

    private static string AutoFocusIf(bool isFirst) => isFirst ? "autofocus" : "";
}
