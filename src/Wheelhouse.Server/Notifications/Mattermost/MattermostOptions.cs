using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Mattermost;

/// <summary>A channel in Mattermost, reached in one of two ways: an incoming webhook, or a bot account; see <see cref="MattermostNotifier"/>.</summary>
public sealed partial record MattermostOptions : IValidatableObject
{
    /// <summary>The address of an incoming webhook, which can only post.</summary>
    public SecretName? Url { get; init; }

    /// <summary>The token of a bot account, by which messages are also replaced.</summary>
    public SecretName? Token { get; init; }

    /// <summary>The Mattermost server; with a token only.</summary>
    public string? Server { get; init; }

    /// <summary>The id of the channel that the bot posts to, 26 letters and digits; with a token only.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Refuses both ways at once, neither, and half of one.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && (Token is not null || Server is not null || ChannelId is not null))
            yield return new ValidationResult("Give 'url' (an incoming webhook) alone, or 'server', 'token' and 'channel_id' (a bot account) without it.", ["url"]);
        else if (Url is null && (Token is null || Server is null || ChannelId is null))
            yield return new ValidationResult("Give either 'url: secret:NAME' (an incoming webhook), or all of 'server', 'token' and 'channel_id' (a bot account).", [""]);
        else if (Server is not null && ServerUrl.FindFlaw(Server) is { } flaw)
            yield return new ValidationResult(flaw, ["server"]);
        else if (ChannelId is not null && !MattermostId.IsMatch(ChannelId))
            yield return new ValidationResult("This is not the id of a channel: 26 lower-case letters and digits. 'View info' in the channel's menu shows it.", ["channel_id"]);
    }

    /// <summary>What ids in Mattermost look like.</summary>
    [GeneratedRegex(@"^[a-z0-9]{26}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex MattermostId { get; }
}
