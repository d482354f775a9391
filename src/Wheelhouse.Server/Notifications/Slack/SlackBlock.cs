namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>A block of Block Kit; which members it has depends on the type.</summary>
/// <param name="Type"><c>header</c>, <c>section</c> or <c>actions</c>.</param>
internal sealed record SlackBlock(string Type)
{
    public SlackTextObject? Text { get; init; }

    public IReadOnlyList<SlackTextObject>? Fields { get; init; }

    public IReadOnlyList<SlackButton>? Elements { get; init; }
}

/// <summary>Blocks beside a coloured bar.</summary>
internal sealed record SlackAttachment(string Color, IReadOnlyList<SlackBlock> Blocks);

/// <summary>Text: <c>plain_text</c> or <c>mrkdwn</c>.</summary>
internal sealed record SlackTextObject(string Type, string Text)
{
    /// <summary>Of <c>mrkdwn</c>: names and addresses in it stay what they are.</summary>
    public bool? Verbatim { get; init; }

    public static SlackTextObject Plain(string text, int limit) => new("plain_text", SlackText.Escape(text, limit));
}

/// <summary>A button that opens a page.</summary>
internal sealed record SlackButton(string ActionId, SlackTextObject Text, string Url)
{
    public string Type { get; } = "button";

    public string? Style { get; init; }
}
