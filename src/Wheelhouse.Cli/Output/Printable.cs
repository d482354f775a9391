using System.Text;

namespace Wheelhouse.Cli.Output;

/// <summary>Makes text from elsewhere harmless on a terminal.</summary>
internal static class Printable
{
    /// <summary>The text without control characters: what a node printed must not move the cursor or recolour the screen.</summary>
    public static string Of(string? text)
    {
        if (text is null) return "";
        if (!text.Any(IsHarmful)) return text;
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\e') at = EndOfEscape(text, at);
            else if (!IsHarmful(text[at])) clean.Append(text[at]);
        }
        return clean.ToString();
    }

    /// <summary>The text on one line, cut to a length.</summary>
    public static string Short(string? text, int length)
    {
        var line = Of(text?.ReplaceLineEndings(" "));
        return line.Length <= length ? line : line[..Math.Max(0, length - 1)] + "…";
    }

    /// <summary>Control characters, and those that show a text in another order than it has (UAX 9).</summary>
    private static bool IsHarmful(char c) => char.IsControl(c) ? c is not ('\t' or '\n') : c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>The index of the last character of the escape sequence (ECMA-48) that begins at <paramref name="at"/>.</summary>
    private static int EndOfEscape(string text, int at)
    {
        if (at + 1 >= text.Length || text[at + 1] != '[') return Math.Min(at + 1, text.Length - 1);
        var end = at + 2;
        while (end < text.Length && text[end] is < '@' or > '~') end++;
        return Math.Min(end, text.Length - 1);
    }
}
