using System.Text.RegularExpressions;

namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>What the Web API's errors mean here (docs.slack.dev, the methods chat.postMessage and chat.update).</summary>
internal static partial class SlackErrors
{
    /// <summary>Whether a message cannot be replaced (any more), whatever is done; a new one can take its place.</summary>
    public static bool IsGone(string error) =>
        error is "message_not_found" or "cant_update_message" or "edit_window_closed" or "channel_not_found" or "is_inactive" or "block_mismatch";

    /// <summary>The failure that an error is.</summary>
    public static NotifierException Explain(string method, string? error, SlackOptions options)
    {
        var code = error is not null && Code().IsMatch(error) ? error : "an error that it does not name";
        var isRefused = code is "invalid_blocks" or "invalid_blocks_format" or "msg_too_long" or "msg_blocks_too_long" or "no_text" or "invalid_attachments" or "too_many_attachments" or "invalid_arguments";
        return new NotifierException($"Slack answered {method} with {code}.", isRefused ? "Correct the channel's templates, then send it again." : Fix(code, options)) { IsRefused = isRefused };
    }

    private static string? Fix(string code, SlackOptions options) => code switch
    {
        "not_in_channel" => $"Invite the app: write '/invite @' and its name in {options.Conversation}.",
        "channel_not_found" => $"Correct 'conversation' ({options.Conversation}): write its id (C…), and invite the app when it is private.",
        "is_archived" or "is_inactive" => "Name another conversation, or unarchive this one.",
        "not_authed" or "invalid_auth" or "account_inactive" or "token_revoked" or "token_expired" or "not_allowed_token_type" =>
            $"Set the app's bot token (xoxb-…): wheelhouse secrets set {options.Token!.Name}",
        "missing_scope" or "no_permission" => "Give the app the scope chat:write, and chat:write.public for public channels that it is not in; then install it again.",
        "ratelimited" or "rate_limited" => "Tell fewer events, or over another channel: Slack takes about one message a second.",
        _ when code.StartsWith("restricted_action", StringComparison.Ordinal) => "Have an admin of the workspace let the app post there, or name another conversation.",
        _ => null,
    };

    [GeneratedRegex(@"^[a-z0-9_]{1,80}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
