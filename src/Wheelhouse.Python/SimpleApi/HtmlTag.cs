using System.Net;

namespace Wheelhouse.Python.SimpleApi;

/// <summary>A start tag of an HTML text.</summary>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Attributes">Its attributes by their names in lower case; the first of equal names counts, as in HTML.</param>
/// <param name="Text">The text from the tag to the next one.</param>
internal sealed record HtmlTag(string Name, IReadOnlyDictionary<string, string> Attributes, string Text)
{
    /// <summary>The start tags of a text, as forgiving as browsers are.</summary>
    public static IEnumerable<HtmlTag> In(string html)
    {
        var at = 0;
        while ((at = html.IndexOf('<', at)) >= 0)
        {
            if (string.CompareOrdinal(html, at, "<!--", 0, 4) == 0)
            {
                var end = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
                if (end < 0) yield break;
                at = end + 3;
                continue;
            }

            at++;
            if (at >= html.Length || !char.IsAsciiLetter(html[at])) continue;
            yield return Read(html, ref at);
        }
    }

    /// <summary>An attribute; null when there is none of this name.</summary>
    public string? Find(string name) => Attributes.GetValueOrDefault(name);

    private static HtmlTag Read(string html, ref int at)
    {
        var name = Take(html, ref at, c => !char.IsWhiteSpace(c) && c is not ('/' or '>'));
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            Take(html, ref at, c => char.IsWhiteSpace(c) || c is '/');
            if (at >= html.Length || html[at] == '>') break;
            var attribute = html[at++] + Take(html, ref at, c => !char.IsWhiteSpace(c) && c is not ('/' or '>' or '='));
            attributes.TryAdd(attribute.ToLowerInvariant(), WebUtility.HtmlDecode(ReadValue(html, ref at)));
        }

        at = Math.Min(at + 1, html.Length);
        var text = Take(html, ref at, c => c != '<');
        return new(name.ToLowerInvariant(), attributes, WebUtility.HtmlDecode(text).Trim());
    }

    private static string ReadValue(string html, ref int at)
    {
        Take(html, ref at, char.IsWhiteSpace);
        if (at >= html.Length || html[at] != '=') return "";
        at++;
        Take(html, ref at, char.IsWhiteSpace);
        if (at >= html.Length || html[at] is not ('"' or '\'')) return Take(html, ref at, c => !char.IsWhiteSpace(c) && c != '>');
        var quote = html[at++];
        var value = Take(html, ref at, c => c != quote);
        at = Math.Min(at + 1, html.Length);
        return value;
    }

    private static string Take(string html, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < html.Length && belongs(html[at])) at++;
        return html[start..at];
    }
}
