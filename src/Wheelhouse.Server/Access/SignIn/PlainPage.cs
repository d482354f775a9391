using System.Text.Encodings.Web;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>The frame of the pages that are there before anybody has signed in. They need no script.</summary>
internal static class PlainPage
{
    /// <summary>A whole page.</summary>
    /// <param name="title">Its heading, as text.</param>
    /// <param name="body">What is below, as HTML.</param>
    public static string Of(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(title)} · Wheelhouse</title></head>
        <body>
        <main>
        <h1>{Encode(title)}</h1>
        {body}
        </main>
        </body>
        </html>
        """;

    /// <summary>Why the last attempt failed; nothing when it did not.</summary>
    public static string Alert(string? error) => error is null ? "" : $"<p role=\"alert\">{Encode(error)}</p>";

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Answers with a page that is kept nowhere: it has a code or the proof of a form.</summary>
    public static IResult Answer(HttpContext http, string html, int status = 200)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
