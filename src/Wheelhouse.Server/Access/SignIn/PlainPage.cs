using System.Text.Encodings.Web;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>The frame of the pages for those who are not, or not enough, let in. They need no script.</summary>
internal static class PlainPage
{
    /// <summary>The same tokens and parts as all pages have, so that the colours that somebody chose hold here too.</summary>
    private static readonly string[] Styles = ["tokens", "layout", "components", "plain"];

    /// <summary>A whole page.</summary>
    /// <param name="http">The request, for the colours and the path below which the server lies.</param>
    /// <param name="title">Its heading, as text.</param>
    /// <param name="body">What is below, as HTML.</param>
    public static string Of(HttpContext http, string title, string body) => $"""
        <!doctype html>
        <html lang="en" data-theme="{Theme.Of(http.Request)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(title)} · Wheelhouse</title>
        <link rel="icon" type="image/svg+xml" href="{At(http, "/wheelhouse.svg")}">
        {string.Concat(Styles.Select(name => $"<link rel=\"stylesheet\" href=\"{At(http, $"/styles/{name}.css")}\">"))}
        </head>
        <body class="plain">
        <main>
        <p class="brand"><img src="{At(http, "/wheelhouse.svg")}" alt="" width="30" height="30"> Wheelhouse</p>
        <div class="card">
        <h1>{Encode(title)}</h1>
        {body}
        </div>
        </main>
        </body>
        </html>
        """;

    /// <summary>Why the last attempt failed; nothing when it did not.</summary>
    public static string Alert(string? error) => error is null ? "" : $"<p class=\"notice tone-bad\" role=\"alert\"><strong>{Encode(error)}</strong></p>";

    /// <summary>A path on this server, as the value of an attribute.</summary>
    public static string At(HttpContext http, string path) => Encode(http.Request.PathBase + path);

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Answers with a page that is kept nowhere: it has a code or the proof of a form.</summary>
    public static IResult Answer(HttpContext http, string html, int status = 200)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
