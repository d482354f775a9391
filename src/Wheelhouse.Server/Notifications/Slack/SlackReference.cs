namespace Wheelhouse.Server.Notifications.Slack;

/// <summary>By what Slack knows a message.</summary>
/// <param name="Channel">The conversation's id; a name is not enough to replace a message.</param>
/// <param name="Ts">The message's time stamp, which is its id within the conversation.</param>
internal sealed record SlackReference(string Channel, string Ts)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else, such as the reference of another notifier that the channel had before.</summary>
    public static SlackReference? Find(string? text) => text?.Split(' ') is [{ Length: > 0 } channel, { Length: > 0 } ts] ? new SlackReference(channel, ts) : null;

    public override string ToString() => $"{Channel} {Ts}";
}
