using System.IO.Enumeration;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>Reads <c>send</c> of a channel.</summary>
internal static class ChannelRuleReader
{
    private static readonly string[] Severities = [.. Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant())];

    /// <summary>Reads all rules; one that fits the notifier's own events everywhere when there is none.</summary>
    public static IReadOnlyList<ChannelRule> ReadAll(MapReader channel, IReadOnlyList<string> defaults)
    {
        var rules = new List<ChannelRule>();
        foreach (var (node, path) in channel.List("send"))
        {
            if (MapReader.Open(node, path, channel.Errors) is { } map) rules.Add(Read(map, defaults));
        }

        return rules.Count > 0 ? rules : [new ChannelRule([], [], defaults, Severity.Info)];
    }

    private static ChannelRule Read(MapReader map, IReadOnlyList<string> defaults)
    {
        // Whoever says how much it must matter, and not what, means everything that matters so much.
        var severity = map.Find("severity") is null ? (Severity?)null : Enum.Parse<Severity>(map.Word("severity", "info", Severities), ignoreCase: true);
        var rule = new ChannelRule(map.Texts("services"), map.Texts("environments"), ReadEvents(map) ?? (severity is null ? defaults : NotificationEvents.All), severity ?? Severity.Info);
        map.Finish();
        return rule;
    }

    private static List<string>? ReadEvents(MapReader map)
    {
        if (map.Find("events") is null) return null;
        var names = new List<string>();
        foreach (var (node, path) in map.List("events"))
        {
            if (Scalars.Text(node, path, map.Errors) is not { } text) continue;
            var found = NotificationEvents.All.Where(name => FileSystemName.MatchesSimpleExpression(text, name, ignoreCase: false)).ToList();
            if (found.Count == 0) map.Errors.Add(node, path, $"There is no event named '{text}'.", Suggestion.Fix(text, NotificationEvents.All));
            names.AddRange(found);
        }

        if (names.Count == 0 && map.Errors.Count == 0) map.Errors.Add(map.Find("events")!, map.Path("events"), "The list of events is empty.", "Leave the key out to be told of rollouts' beginnings and ends.");
        return [.. names.Distinct()];
    }
}
