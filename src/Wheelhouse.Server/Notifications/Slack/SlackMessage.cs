using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>
/// A message in Block Kit: a header, and beside a bar in the colour of the result the template's text, the facts and links. <see cref="Text"/> is what
/// notifications and screen readers have. The words of templates are <c>plain_text</c>, in which nothing is formatted and nobody is mentioned.
/// </summary>
internal sealed record SlackMessage
{
    private const int LongestHeader = 150;
    private const int LongestSection = 3_000;
    private const int LongestField = 2_000;

    public string? Channel { get; init; }

    /// <summary>The message to replace.</summary>
    public string? Ts { get; init; }

    /// <summary>The message to reply to.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Whether a reply also shows in the conversation.</summary>
    public bool? ReplyBroadcast { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<SlackBlock> Blocks { get; init; }

    public IReadOnlyList<SlackAttachment>? Attachments { get; init; }

    public bool UnfurlLinks { get; }

    public bool UnfurlMedia { get; }

    /// <summary>All that there is to say.</summary>
    public static SlackMessage Of(Notification notification) => new()
    {
        Text = Words(notification),
        Blocks = [new SlackBlock("header") { Text = SlackTextObject.Plain(ChatMessage.Title(notification), LongestHeader) }],
        Attachments =
        [
            new SlackAttachment(ChatMessage.Color(notification),
            [
                .. notification.Text.Length > 0 ? [new SlackBlock("section") { Text = SlackTextObject.Plain(notification.Text, LongestSection) }] : Array.Empty<SlackBlock>(),
                new SlackBlock("section") { Fields = Facts(notification) },
                new SlackBlock("actions") { Elements = Links(notification) },
            ]),
        ],
    };

    /// <summary>The words alone: a replaced message makes no sound, a reply does.</summary>
    public static SlackMessage ReplyTo(string thread, Notification notification) => new()
    {
        ThreadTs = thread,
        ReplyBroadcast = true,
        Text = Words(notification),
        Blocks =
        [
            new SlackBlock("section") { Text = SlackTextObject.Plain($"{ChatMessage.Title(notification)}\n{notification.Text}".TrimEnd(), LongestSection) },
            new SlackBlock("actions") { Elements = Links(notification) },
        ],
    };

    private static string Words(Notification notification) => SlackText.Escape($"{ChatMessage.Title(notification)}\n{notification.Text}".TrimEnd(), LongestSection);

    private static List<SlackTextObject> Facts(Notification notification) =>
    [
        .. ChatMessage.Facts(notification, text => SlackText.Escape(text, LongestField / 2), at => SlackText.Time(at, ChatMessage.When(at)))
            .Select(fact => new SlackTextObject("mrkdwn", $"*{fact.Name}*\n{fact.Value}") { Verbatim = true }),
    ];

    private static List<SlackButton> Links(Notification notification) =>
    [
        new SlackButton("open", SlackTextObject.Plain("Open", LongestHeader), notification.Link.AbsoluteUri),
        .. notification.Rollout?.RevertLink is { } revert
            ? [new SlackButton("revert", SlackTextObject.Plain("Revert", LongestHeader), revert.AbsoluteUri) { Style = "danger" }]
            : Array.Empty<SlackButton>(),
    ];
}
