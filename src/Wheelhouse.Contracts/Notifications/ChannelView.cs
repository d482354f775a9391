using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Contracts.Notifications;

/// <summary>A channel: who is told of what, and how that goes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Notifier">The name of its notifier, such as <c>slack</c>; empty when its document is invalid.</param>
/// <param name="Revision">The number of the newest revision of its document, from 1.</param>
/// <param name="AppliedAt">When that was applied.</param>
/// <param name="AppliedBy">Who applied it.</param>
/// <param name="Yaml">The document as it was sent.</param>
public sealed record ChannelView(string Name, string Notifier, int Revision, DateTimeOffset AppliedAt, string AppliedBy, string Yaml)
{
    /// <summary>The delivery that is tried again now and that all others wait for; null when nothing waits.</summary>
    public DeliveryView? Waiting { get; init; }

    /// <summary>When it last told something; null when it never did.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>How many deliveries were set aside.</summary>
    public int Dead { get; init; }

    /// <summary>Why the stored document is invalid for this server; empty when it is valid. Nothing is told or lost meanwhile.</summary>
    public IReadOnlyList<DocumentError> Errors { get; init; } = [];
}

/// <summary>What applying a file did to one channel in it.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Revision">The revision that is now the newest.</param>
/// <param name="Change"><c>created</c>, <c>updated</c> or <c>unchanged</c>.</param>
public sealed record AppliedChannel(string Channel, int Revision, string Change);

/// <summary>What a channel would send.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Event">Of which event, such as <c>rollout.failed</c>.</param>
/// <param name="Title">The title, made by the template.</param>
/// <param name="Text">The text, made by the template; may be empty.</param>
/// <param name="Body">What the notifier would send, as text; without secrets.</param>
public sealed record NotificationPreview(string Channel, string Event, string Title, string Text, string Body);

/// <summary>How sending a test message went.</summary>
/// <param name="Sent">Whether the receiver took it.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Error">Why it was not taken; null when it was.</param>
/// <param name="Fix">What to do about it, or null.</param>
public sealed record TestMessageResult(bool Sent, int Milliseconds, string? Error, string? Fix);
