using System.Text;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Makes what came from elsewhere fit to stand in a message.</summary>
internal static class Excerpt
{
    /// <summary>How much of a text is looked at, as a multiple of what is shown: white space is left out, but the text may be huge.</summary>
    private const int MostSpace = 20;

    /// <summary>The beginning of a text, on one line, without control characters.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="length">How long it may be, in characters; what is cut off shows as <c>…</c>.</param>
    public static string Of(string text, int length)
    {
        var beginning = text[..Math.Min(text.Length, length * MostSpace)];
        var line = string.Join(' ', beginning.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        var shown = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > length) return shown.Append('…').ToString();
            shown.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return beginning.Length < text.Length ? shown.Append('…').ToString() : shown.ToString();
    }
}
