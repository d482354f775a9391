namespace Wheelhouse.Python;

/// <summary>The character classes that the packaging standards share. All of them are ASCII only.</summary>
internal static class PythonText
{
    /// <summary>What Python's <c>str.strip()</c> removes, as far as it is ASCII text.</summary>
    public static ReadOnlySpan<char> Whitespace => " \t\n\r\f\v";

    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || IsSeparator(c);

    public static bool IsSeparator(char c) => c is '-' or '_' or '.';

    /// <summary>A SHA-256 in lower-case hexadecimal; null when the text is none.</summary>
    public static string? Sha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    /// <summary>Text for an error message: short, on one line, and in quotes.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        var shown = text.Length > 80 ? string.Concat(text[..77], "...") : text.ToString();
        return $"'{string.Create(shown.Length, shown, (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                span[i] = char.IsControl(from[i]) ? '?' : from[i];
        })}'";
    }
}
