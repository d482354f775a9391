using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Notifications.Sending;

/// <summary>Plain text in Markdown.</summary>
internal static partial class Markdown
{
    /// <summary>Escapes with backslashes, so that the text is shown as it was written.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="special">The characters that format wherever they stand; what makes a list or a heading at the beginning of a line is always escaped.</param>
    public static string Escape(string text, string special)
    {
        var escaped = string.Concat(text.Select(c => special.Contains(c) ? $"\\{c}" : c.ToString()));
        return LineStart().Replace(escaped, match => $"{match.Groups["before"].Value}\\{match.Groups["mark"].Value}");
    }

    /// <summary>The mark of a bullet, of a numbered line (a number, a point and a blank, so <c>1.5.0</c> is none), or of a heading's underline.</summary>
    [GeneratedRegex(@"^(?:(?<before>[ ]*)(?<mark>[-+=])|(?<before>[ ]*[0-9]{1,9})(?<mark>[.)])(?=\s|\z))", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineStart();
}
