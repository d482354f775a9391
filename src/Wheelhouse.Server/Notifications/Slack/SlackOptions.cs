using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>A conversation in Slack, reached in one of two ways: an incoming webhook, or a bot token; see <see cref="SlackNotifier"/>.</summary>
public sealed partial record SlackOptions : IValidatableObject
{
    /// <summary>Slack's own Web API.</summary>
    public const string DefaultApi = "https://slack.com/api";

    /// <summary>The address of an incoming webhook, which can only post.</summary>
    public SecretName? Url { get; init; }

    /// <summary>A bot token with the scope <c>chat:write</c>, by which messages are also replaced.</summary>
    public SecretName? Token { get; init; }

    /// <summary>Where the bot posts: an id such as <c>C0123ABCD</c>, or a name such as <c>#deploys</c>; with a token only.</summary>
    public string? Conversation { get; init; }

    /// <summary>Where the Web API is; by default <see cref="DefaultApi"/>. With a token only.</summary>
    public string? Api { get; init; }

    /// <summary>Refuses both ways at once, neither, and half of one.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null == Token is null)
            yield return new ValidationResult("Give either 'url: secret:NAME' (an incoming webhook) or 'token: secret:NAME' with 'conversation' (a bot).", [Url is null ? "" : "token"]);
        else if (Url is not null && (Conversation ?? Api) is not null)
            yield return new ValidationResult("This goes with 'token': an incoming webhook has its own conversation. Remove it, or give a token in place of 'url'.", [Conversation is null ? "api" : "conversation"]);
        else if (Token is not null && string.IsNullOrEmpty(Conversation))
            yield return new ValidationResult("""Say where the bot posts: conversation: "#deploys" or conversation: C0123ABCD. A name needs the quotes, since # begins a comment.""", ["conversation"]);
        else if (Token is not null && !ConversationPattern().IsMatch(Conversation!))
            yield return new ValidationResult("This is not a conversation; write its id, such as C0123ABCD, or its name with a # before it, in quotes.", ["conversation"]);
        else if (Api is not null && ServerUrl.FindFlaw(Api) is { } flaw)
            yield return new ValidationResult(flaw, ["api"]);
    }

    [GeneratedRegex(@"^(?:#[^\s#]{1,80}|[A-Z][A-Z0-9]{2,40})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConversationPattern();
}
