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
    public static string Ask(HttpContext http, string? path, string? name = null, string? error = null) => Of("Sign in", $"""
        {Alert(error)}
        <form method="post" action="{Encode(http.Request.PathBase)}/sign-in">
          {FormProof.Field(http)}
          <input type="hidden" name="return" value="{Encode(LocalPath.OrFirst(path))}">
          <p><label>Name <input name="name" value="{Encode(name ?? "")}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false"></label></p>
          <p><label>Password <input name="password" type="password" required autocomplete="current-password"></label></p>
          <p><button>Sign in</button></p>
        </form>
        <p>With a token instead: run <code>wheelhouse open</code>.</p>
        """);

    /// <summary>Asks whether to use a link up: programs that preview links open them too.</summary>
    public static string Confirm(HttpContext http, string code, string? path, string name) => Of("Sign in", $"""
        <form method="post" action="{Encode(http.Request.PathBase)}/sign-in/link">
          {FormProof.Field(http)}
          <input type="hidden" name="code" value="{Encode(code)}">
          <input type="hidden" name="return" value="{Encode(LocalPath.OrFirst(path))}">
          <p><button autofocus>Sign in as {Encode(name)}</button></p>
        </form>
        <p>The pages will have the rights of the token {Encode(name)}.</p>
        """);

    /// <summary>Says that a link cannot be used.</summary>
    public static string LinkEnded(HttpContext http, string error) => Of("Sign in", $"""
        {Alert(error)}
        <p>Run <code>wheelhouse open</code> for a new link, or <a href="{Encode(http.Request.PathBase)}/sign-in">sign in with a password</a>.</p>
        """);
}
