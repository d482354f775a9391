using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Mattermost;

/// <summary>
/// A post of the REST API, version 4. It has an attachment and no message of its own: a server that lets nobody edit old messages looks at the message alone.
/// </summary>
internal sealed record MattermostPost(MattermostAttachments Props)
{
    /// <summary>Where a new post goes.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Required in a new post; in a patch it is left out and stays.</summary>
    public string? Message { get; init; }
}

/// <summary>What an incoming webhook takes, and the properties of a post.</summary>
internal sealed record MattermostAttachments(IReadOnlyList<MattermostAttachment> Attachments)
{
    /// <summary>All that there is to say.</summary>
    public static MattermostAttachments Of(Notification notification) => Of(notification, ChatMessage.Facts(notification, MattermostText.Escape));

    /// <summary>The words alone: a replaced message makes no sound, a new one does.</summary>
    public static MattermostAttachments WordsOf(Notification notification) => Of(notification, facts: null);

    private static MattermostAttachments Of(Notification notification, IReadOnlyList<ChatFact>? facts) => new([new MattermostAttachment(
        Fallback: MattermostText.Quiet($"{ChatMessage.Title(notification)}\n{notification.Text}".TrimEnd()),
        ChatMessage.Color(notification),
        Title: MattermostText.Quiet(ChatMessage.Title(notification)),
        TitleLink: notification.Link.AbsoluteUri,
        Text: $"{MattermostText.Escape(notification.Text)}\n\n{Links(notification)}".Trim(),
        Fields: facts is null ? null : [.. facts.Select(fact => new MattermostField(fact.Name, fact.Value))])]);

    private static string Links(Notification notification) =>
        $"[Open]({notification.Link.AbsoluteUri}){(notification.Rollout?.RevertLink is { } revert ? $" · [Revert]({revert.AbsoluteUri})" : "")}";
}

/// <summary>An attachment: text beside a coloured bar.</summary>
/// <param name="Fallback">What notifications have, in plain text.</param>
/// <param name="Color">The colour of the bar.</param>
/// <param name="Title">One line of plain text.</param>
/// <param name="TitleLink">What a click on the title opens.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Fields">A table below.</param>
internal sealed record MattermostAttachment(string Fallback, string Color, string Title, string TitleLink, string Text, IReadOnlyList<MattermostField>? Fields);

/// <summary>A cell of the table.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Value">Markdown.</param>
internal sealed record MattermostField(string Title, string Value)
{
    /// <summary>Whether another one fits beside it.</summary>
    public bool Short { get; } = true;
}
