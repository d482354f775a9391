using Wheelhouse.Server.Access.Users;
using static Wheelhouse.Server.Access.SignIn.PlainPage;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>The page behind the link that the first start prints. It needs no script.</summary>
internal static class SetupPage
{
    /// <summary>Asks for the first admin's name and password.</summary>
    /// <param name="code">The one-time code of the address.</param>
    /// <param name="name">What was entered the last time.</param>
    /// <param name="error">Why that failed.</param>
    public static string Ask(string code, string? name = null, string? error = null) => Of("The first admin", $"""
        {Alert(error)}
        <form method="post" action="setup">
          <p><label>One-time code <input name="code" value="{Encode(code)}" required autocomplete="off" spellcheck="false"></label></p>
          <p><label>Your name <input name="name" value="{Encode(name ?? "")}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false"></label></p>
          <p><label>A new password, {UserRequests.ShortestPassword} characters at least
            <input name="password" type="password" required minlength="{UserRequests.ShortestPassword}" autocomplete="new-password"></label></p>
          <p><button>Make me the first admin</button></p>
        </form>
        """);
}
