using System.Text.RegularExpressions;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Mattermost;

/// <summary>Makes plain text fit for Mattermost: what people wrote is not formatted, and nobody is mentioned by it.</summary>
internal static partial class MattermostText
{
    private const string Special = @"\`*_~[]#|!>";

    /// <summary>Between an <c>@</c> and a name nobody sees it, and it makes of both no mention.</summary>
    private const string Nothing = "\u200b";

    /// <summary>For members in Markdown. A web address stays one that can be opened.</summary>
    public static string Escape(string text) => string.Concat(Address().Split(text).Select((part, i) =>
        i % 2 == 1 ? part.Replace("@", "%40", StringComparison.Ordinal) : Quiet(Markdown.Escape(part, Special))));

    /// <summary>For members in plain text, where mentions are looked for all the same. <c>&lt;!here&gt;</c> is one too, as in Slack.</summary>
    public static string Quiet(string text) =>
        text.Replace("@", "@" + Nothing, StringComparison.Ordinal).Replace("<", "<" + Nothing, StringComparison.Ordinal);

    /// <summary>Its only group makes it part of what a split gives, at every odd place.</summary>
    [GeneratedRegex(@"(?<address>https?://[^\s<>@""]+[^\s<>""]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
