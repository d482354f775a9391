using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Notifications.Templates;

/// <summary>The words of a channel: its own templates, and the defaults for what it has none for.</summary>
public sealed class MessageTemplates
{
    /// <summary>How long a title may be, in characters; longer ones are cut.</summary>
    public const int LongestTitle = 300;

    /// <summary>How long a text may be, in characters; longer ones are cut.</summary>
    public const int LongestText = 3_000;

    private static readonly Dictionary<string, MessageTemplate> Defaults = DefaultTemplates.Sources.ToDictionary(
        source => source.Key, source => new MessageTemplate(MessageTemplate.Parse(source.Value.Title), MessageTemplate.Parse(source.Value.Text)), StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, MessageTemplate> _own;

    internal MessageTemplates(IReadOnlyDictionary<string, MessageTemplate> own) => _own = own;

    /// <summary>The defaults alone.</summary>
    public static MessageTemplates None { get; } = new(new Dictionary<string, MessageTemplate>(StringComparer.Ordinal));

    /// <summary>Adds title and text. What a template of the channel's own cannot say, the default says.</summary>
    public Notification Render(Notification notification)
    {
        try
        {
            return Render(Find(_own, notification.Event) ?? Default(notification.Event), notification);
        }
        catch (FormatException)
        {
            return Render(Default(notification.Event), notification);
        }
    }

    /// <summary>Adds title and text by one template.</summary>
    /// <exception cref="FormatException">It cannot be rendered.</exception>
    internal static Notification Render(MessageTemplate template, Notification notification) => notification with
    {
        Title = Excerpt.Of(MessageTemplate.Render(template.Title, notification), LongestTitle),
        Text = Cut(MessageTemplate.Render(template.Text, notification).Trim()),
    };

    internal static MessageTemplate Default(string name) => Find(Defaults, name)!;

    private static MessageTemplate? Find(IReadOnlyDictionary<string, MessageTemplate> templates, string name) =>
        templates.GetValueOrDefault(name) ?? templates.GetValueOrDefault(DefaultTemplates.Other);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - (char.IsHighSurrogate(text[LongestText - 2]) ? 2 : 1))] + "…";
}
