using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Templates;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>Reads channel documents. Every error of a file is reported at once, each with its place and what to write instead.</summary>
public sealed class ChannelDocumentParser(Notifiers notifiers)
{
    private static readonly string[] OwnKeys = ["channel", "send", "templates", "give_up_after"];

    /// <summary>Reads the channels of a file: one YAML document each.</summary>
    public ParsedChannels Parse(string yaml)
    {
        var errors = new DocumentErrors();
        var channels = new List<ParsedChannel>();
        var names = new UniqueNames("channel");
        foreach (var (map, text) in DocumentFile.Open(yaml, "channel", errors))
        {
            var name = map.RequiredText("channel", "Add 'channel: NAME'.", NameRule.Check);
            names.Check(map, name, "channel");
            if (Read(map, name) is { } channel) channels.Add(new ParsedChannel(channel, text));
        }

        return errors.Count > 0 ? new ParsedChannels([], errors.ToList()) : new ParsedChannels(channels, []);
    }

    private ChannelDocument? Read(MapReader map, string name)
    {
        var notifier = FindNotifier(map, out var options);
        var templates = MessageTemplatesReader.Read(map);
        var giveUpAfter = map.PositiveTime("give_up_after", ChannelDocument.DefaultGiveUpAfter);
        var rules = ChannelRuleReader.ReadAll(map, notifier?.DefaultEvents ?? NotificationEvents.Quiet);
        map.Finish(notifiers.Names);
        if (notifier is null || options is null) return null;
        return new ChannelDocument
        {
            Name = name,
            Notifier = notifier,
            Options = options,
            Rules = rules,
            Templates = templates,
            GiveUpAfter = giveUpAfter,
            Secrets = [.. SecretNames.In(map.Find(notifier.Name)!)],
        };
    }

    private INotifier? FindNotifier(MapReader map, out object? options)
    {
        options = null;
        var others = map.Node.Entries.Where(entry => !OwnKeys.Contains(entry.Key.Text)).ToList();
        foreach (var (key, _) in others) _ = map.Find(key.Text);
        if (others is [var (name, value)])
        {
            if (notifiers.Find(name.Text) is not { } notifier)
            {
                map.Errors.Add(name, name.Text, $"There is no notifier named '{name.Text}'.", Suggestion.Fix(name.Text, [.. notifiers.Names, .. OwnKeys]));
                return null;
            }

            options = OptionsBinder.Bind(notifier.OptionsType, value, name.Text, map.Errors);
            return notifier;
        }

        map.Errors.Add(
            others.Count > 1 ? others[1].Key : map.Node, others.Count > 1 ? others[1].Key.Text : "", "A channel must have one notifier with its options.",
            $"Write one of these keys: {string.Join(", ", notifiers.Names)}.");
        return null;
    }
}

/// <summary>A channel of a file.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Yaml">Its own part of the file.</param>
public sealed record ParsedChannel(ChannelDocument Document, string Yaml);

/// <summary>The channels of a file; none when there are errors.</summary>
/// <param name="Channels">In the order of the file.</param>
/// <param name="Errors">In the order of the file; empty when all is valid.</param>
public sealed record ParsedChannels(IReadOnlyList<ParsedChannel> Channels, IReadOnlyList<DocumentError> Errors);
