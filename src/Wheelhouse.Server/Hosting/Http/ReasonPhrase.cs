using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>
/// The reason phrase of an answer. twine and poetry show it and nothing else, and look for "already exists" in it; HTTP/2 has none, and there the body is all.
/// </summary>
internal static class ReasonPhrase
{
    private const int Longest = 800;

    /// <summary>Says in it why the request is refused, and what to do.</summary>
    public static void Explain(HttpContext http, ApiException refusal) =>
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = OneLine($"{refusal.Message.TrimEnd('.')}. {refusal.Fix}");

    /// <summary>A reason phrase is one line of ASCII (RFC 9112).</summary>
    private static string OneLine(string text)
    {
        var phrase = new StringBuilder(text.Length);
        foreach (var c in text.Take(Longest))
            phrase.Append(c is >= ' ' and <= '~' ? c : '?');
        return phrase.ToString();
    }
}
