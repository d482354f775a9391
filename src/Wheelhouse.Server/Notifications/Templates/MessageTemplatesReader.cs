using Fluid;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Templates;

/// <summary>Reads <c>templates</c> of a channel, and tries each with an example.</summary>
internal static class MessageTemplatesReader
{
    private static readonly IReadOnlyList<string> Names = [.. NotificationEvents.All, NotificationEvents.Progress, DefaultTemplates.Other];

    public static MessageTemplates Read(MapReader channel)
    {
        if (channel.Find("templates") is not { } node || MapReader.Open(node, "templates", channel.Errors) is not { } map) return MessageTemplates.None;
        var own = new Dictionary<string, MessageTemplate>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Node.Entries)
        {
            if (!Names.Contains(key.Text)) map.Errors.Add(key, map.Path(key.Text), $"There is no event named '{key.Text}'.", Suggestion.Fix(key.Text, Names));
            else if (MapReader.Open(value, map.Path(key.Text), map.Errors) is { } words) own[key.Text] = ReadOne(words, key.Text);
        }

        return new MessageTemplates(own);
    }

    private static MessageTemplate ReadOne(MapReader map, string name)
    {
        var usual = MessageTemplates.Default(name);
        var template = new MessageTemplate(ReadSource(map, "title", name) ?? usual.Title, ReadSource(map, "text", name) ?? usual.Text);
        map.Finish();
        return template;
    }

    private static IFluidTemplate? ReadSource(MapReader map, string key, string name)
    {
        if (map.Find(key) is not { } node || Scalars.Text(node, map.Path(key), map.Errors) is not { } source) return null;
        try
        {
            var template = MessageTemplate.Parse(source);
            MessageTemplate.Render(template, Examples.Of(name == DefaultTemplates.Other ? NotificationEvents.Failed : name));
            return template;
        }
        catch (FormatException flaw)
        {
            map.Errors.Add(node, map.Path(key), flaw.Message, $"Variables: {string.Join(", ", TemplateVariables.All.Select(variable => variable.Name))}.");
            return null;
        }
    }
}
