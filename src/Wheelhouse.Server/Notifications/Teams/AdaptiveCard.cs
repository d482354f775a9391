using System.Text.Json.Serialization;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Teams;

/// <summary>An Adaptive Card: the title on the colour of the result, the template's text, the facts, and links.</summary>
internal sealed record AdaptiveCard(string FallbackText, IReadOnlyList<CardElement> Body, IReadOnlyList<CardAction> Actions)
{
    // What Teams formats in texts and facts: emphasis, links and lists.
    private const string Special = @"\`*_~[]";

    [JsonPropertyName("$schema")]
    public string Schema { get; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    public string Type { get; } = "AdaptiveCard";

    /// <summary>The latest that Teams shows everywhere.</summary>
    public string Version { get; } = "1.4";

    public CardWidth Msteams { get; } = new("Full");

    public static AdaptiveCard Of(Notification notification) => new(
        ChatMessage.Title(notification),
        [
            new CardElement("Container") { Style = Style(notification), Bleed = true, Items = [new CardElement("TextBlock") { Text = Escape(ChatMessage.Title(notification)), Size = "Medium", Weight = "Bolder", Wrap = true }] },
            .. notification.Text.Length > 0 ? [new CardElement("TextBlock") { Text = Escape(notification.Text), Wrap = true }] : Array.Empty<CardElement>(),
            new CardElement("FactSet") { Facts = [.. ChatMessage.Facts(notification, Escape).Select(fact => new CardFact(fact.Name, fact.Value))] },
        ],
        [
            new CardAction("Open", notification.Link.AbsoluteUri),
            .. notification.Rollout?.RevertLink is { } revert ? [new CardAction("Revert", revert.AbsoluteUri)] : Array.Empty<CardAction>(),
        ]);

    private static string Style(Notification notification) => notification switch
    {
        { Event: NotificationEvents.Succeeded } => "good",
        { Severity: Severity.Error } => "attention",
        { Severity: Severity.Warning } => "warning",
        _ => "accent",
    };

    /// <summary>A line break in Markdown takes an empty line.</summary>
    private static string Escape(string text) => Markdown.Escape(text, Special).Replace("\n", "\n\n", StringComparison.Ordinal);
}

/// <summary>An element of a card; which members it has depends on the type.</summary>
/// <param name="Type"><c>Container</c>, <c>TextBlock</c> or <c>FactSet</c>.</param>
internal sealed record CardElement(string Type)
{
    public string? Style { get; init; }

    public bool? Bleed { get; init; }

    public IReadOnlyList<CardElement>? Items { get; init; }

    public string? Text { get; init; }

    public string? Size { get; init; }

    public string? Weight { get; init; }

    public bool? Wrap { get; init; }

    public IReadOnlyList<CardFact>? Facts { get; init; }
}

/// <summary>One fact.</summary>
internal sealed record CardFact(string Title, string Value);

/// <summary>A button that opens a page.</summary>
internal sealed record CardAction(string Title, string Url)
{
    public string Type { get; } = "Action.OpenUrl";
}

/// <summary>How wide Teams shows the card.</summary>
internal sealed record CardWidth(string Width);
