using System.Globalization;
using System.Text;

namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>Makes plain text fit for Slack (docs.slack.dev, "Formatting message text"): three characters are control characters, and mentions begin with one of them.</summary>
internal static class SlackText
{
    /// <summary>Escapes, and cuts what would be too long, never within a character or its escape.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="limit">How long the escaped text may be, in characters.</param>
    public static string Escape(string text, int limit)
    {
        var shown = new StringBuilder();
        var fits = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => rune.ToString() });
            if (shown.Length < limit) fits = shown.Length;
            if (shown.Length > limit) return shown.Remove(fits, shown.Length - fits).Append('…').ToString();
        }

        return shown.ToString();
    }

    /// <summary>A time, which Slack shows in the time zone of whoever reads it.</summary>
    public static string Time(DateTimeOffset at, string otherwise) =>
        string.Create(CultureInfo.InvariantCulture, $"<!date^{at.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{otherwise}>");
}
