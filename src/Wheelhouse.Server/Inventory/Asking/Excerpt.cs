using System.Text;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>Makes what came from elsewhere fit to stand in a message.</summary>
internal static class Excerpt
{
    /// <summary>The beginning of a text, on one line, without control characters.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="length">How long it may be, in characters; what is cut off shows as <c>…</c>.</param>
    public static string Of(string text, int length)
    {
        var line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        var shown = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > length) return shown.Append('…').ToString();
            shown.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return shown.ToString();
    }
}
