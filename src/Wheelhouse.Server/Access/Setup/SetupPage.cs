using System.Text.Encodings.Web;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>The page behind the link that the first start prints. It needs no script.</summary>
internal static class SetupPage
{
    /// <summary>Asks for the name of the first admin's token.</summary>
    /// <param name="code">The one-time code of the address.</param>
    /// <param name="error">Why the last attempt failed.</param>
    public static string Ask(string code, string? error = null) => Frame($"""
        {(error is null ? "" : $"<p role=\"alert\">{Encode(error)}</p>")}
        <form method="post" action="setup">
          <p><label>One-time code <input name="code" value="{Encode(code)}" required autocomplete="off"></label></p>
          <p><label>Your name <input name="name" required autofocus></label></p>
          <p><button>Make my admin token</button></p>
        </form>
        """);

    /// <summary>Shows the token, once.</summary>
    public static string Done(CreatedToken created) => Frame($"""
        <p>This is the token <b>{Encode(created.View.Name)}</b>. Keep it: it is shown only now.</p>
        <p><code>{Encode(created.Token)}</code></p>
        <p>Run <code>wheelhouse login</code> with this server's address and enter it there.</p>
        """);

    private static string Frame(string body) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Wheelhouse: the first admin</title></head>
        <body>
        <h1>The first admin</h1>
        {body}
        </body>
        </html>
        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
