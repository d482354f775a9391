using System.Text.Json;
using System.Text.Json.Serialization;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Teams;

/// <summary>The envelope that a workflow takes: a message with one Adaptive Card.</summary>
/// <param name="Summary">What notifications have.</param>
/// <param name="Attachments">The card.</param>
internal sealed record TeamsMessage(string Summary, IReadOnlyList<TeamsAttachment> Attachments)
{
    /// <summary>How long a message may be, in bytes: 28 KB, with a little room for what Teams adds.</summary>
    public const int Limit = 27_000;

    private const int LongestSummary = 200;

    public string Type { get; } = "message";

    /// <summary>The message as it is sent. A text that is too long for Teams is cut.</summary>
    public static byte[] Write(Notification notification)
    {
        while (true)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(Of(notification), JsonSending.CamelCase);
            if (body.Length <= Limit || notification.Text.Length <= 2) return body;
            notification = notification with { Text = Cut(notification.Text, notification.Text.Length / 2) };
        }
    }

    /// <summary>The message, however long.</summary>
    public static TeamsMessage Of(Notification notification) =>
        new(Cut(ChatMessage.Title(notification), LongestSummary), [new TeamsAttachment(AdaptiveCard.Of(notification))]);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
}

/// <summary>A card in a message.</summary>
internal sealed record TeamsAttachment(AdaptiveCard Content)
{
    public string ContentType { get; } = "application/vnd.microsoft.card.adaptive";

    /// <summary>Microsoft's examples have it, as null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContentUrl { get; }
}
