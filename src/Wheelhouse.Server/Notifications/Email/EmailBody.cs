using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Email;

/// <summary>The two parts of a mail. The HTML loads nothing, and names no colour, so that it is readable in dark and in light.</summary>
internal static class EmailBody
{
    private static readonly HtmlEncoder Html5 = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The part for those who read plain text.</summary>
    public static string Text(Notification notification)
    {
        var text = new StringBuilder(notification.Title).Append('\n');
        if (notification.Text.Length > 0) text.Append('\n').Append(notification.Text).Append('\n');
        text.Append('\n');
        foreach (var (name, value) in ChatMessage.Facts(notification, value => value)) text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        text.Append('\n');
        foreach (var (name, link) in Links(notification)) text.Append(CultureInfo.InvariantCulture, $"{name}: {link.AbsoluteUri}\n");
        return text.ToString();
    }

    /// <summary>The part for everybody else.</summary>
    public static string Html(Notification notification)
    {
        var facts = string.Concat(ChatMessage.Facts(notification, Encode).Select(fact =>
            $"""<tr><th align="left" style="padding:2px 16px 2px 0;font-weight:normal">{fact.Name}</th><td style="padding:2px 0"><b>{fact.Value}</b></td></tr>{'\n'}"""));
        var links = string.Join(" · ", Links(notification).Select(link => $"""<a href="{Encode(link.Link.AbsoluteUri)}">{Encode(link.Name)}</a>"""));
        var text = notification.Text.Length == 0 ? "" : $"""<p style="margin:0 0 16px;white-space:pre-line">{Encode(notification.Text)}</p>{'\n'}""";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(notification.Title)}</title>
            </head>
            <body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:640px;margin:0 auto;padding:16px">
            <h1 style="font-size:19px;line-height:1.3;margin:0 0 8px">{Encode(notification.Title)}</h1>
            {text}<table role="presentation" cellspacing="0" style="border-collapse:collapse;margin:0 0 16px">
            {facts}</table>
            <p style="margin:0">{links}</p>
            </body>
            </html>

            """;
    }

    private static IEnumerable<(string Name, Uri Link)> Links(Notification notification)
    {
        yield return ("Look at it", notification.Link);
        if (notification.Rollout?.RevertLink is { } revert) yield return ("Revert", revert);
    }

    private static string Encode(string text) => Html5.Encode(text);
}
