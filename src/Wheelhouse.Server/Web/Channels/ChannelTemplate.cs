using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Server.Web.Channels;

/// <summary>What a new channel's document begins with, drawn from the notifier's options. Each place to fill in stands in angle brackets.</summary>
public static class ChannelTemplate
{
    /// <summary>The text.</summary>
    public static string Of(INotifier notifier)
    {
        var options = OptionsBinder.Keys(notifier.OptionsType).Select(option => option.IsRequired
            ? $"  {option.Key}: {Value(option.Key, option.Type)}"
            : $"  # {option.Key}: {Value(option.Key, option.Type)}");
        return $"""
            channel: <name>                # lower-case letters, digits and dashes
            {notifier.Name}:
            {string.Join('\n', options)}
            # send:                        # by default: {string.Join(", ", notifier.DefaultEvents)}
            #   - services: ["*"]
            #     environments: [production]
            #     severity: warning

            """;
    }

    /// <summary>What belongs into each place to fill in.</summary>
    public static IReadOnlyDictionary<string, string> PlacesOf(Notifiers notifiers)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in notifiers.All.SelectMany(notifier => OptionsBinder.Keys(notifier.OptionsType)))
            places[option.Key] = $"{option.Key}, as docs/reference/channels has it";
        places["name"] = "what the channel is called here";
        places["secret"] = "the name of a secret; it is kept at the end of the page of all channels";
        return places;
    }

    private static string Value(string key, Type type) =>
        type == typeof(SecretName) ? "secret:<secret>"
        : type == typeof(bool) ? "true"
        : type.IsAssignableTo(typeof(IEnumerable<string>)) ? $"[\"<{key}>\"]"
        : $"<{key}>";
}
