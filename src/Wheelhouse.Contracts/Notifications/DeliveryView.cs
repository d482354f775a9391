namespace Wheelhouse.Contracts.Notifications;

/// <summary>How telling one event over one channel went.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Event">What happened, such as <c>rollout.failed</c>.</param>
/// <param name="EventAt">When it happened.</param>
/// <param name="Service">The service it concerns, or null.</param>
/// <param name="Environment">The environment it concerns, or null.</param>
/// <param name="Rollout">The id of the rollout, or null.</param>
/// <param name="Title">What was told, in a line.</param>
/// <param name="State">One of <see cref="DeliveryStates"/>.</param>
/// <param name="Attempts">How many attempts ended so far.</param>
/// <param name="LastAt">When the last attempt ended.</param>
/// <param name="NextAt">When it is tried again; null when it is not, or at once.</param>
/// <param name="Milliseconds">How long the last attempt took.</param>
/// <param name="Error">Why the last attempt failed; null when it did not.</param>
/// <param name="Fix">What to do about it, or null.</param>
public sealed record DeliveryView(
    long Id,
    string Channel,
    string Event,
    DateTimeOffset EventAt,
    string? Service,
    string? Environment,
    string? Rollout,
    string Title,
    string State,
    int Attempts,
    DateTimeOffset LastAt,
    DateTimeOffset? NextAt,
    int Milliseconds,
    string? Error,
    string? Fix);

/// <summary>The states of a delivery.</summary>
public static class DeliveryStates
{
    /// <summary>The receiver took it.</summary>
    public const string Sent = "sent";

    /// <summary>It failed and is tried again; everything after it waits, so that the order is kept.</summary>
    public const string Waiting = "waiting";

    /// <summary>It was set aside: the receiver refuses it, or it was tried for too long. A person can have it sent again.</summary>
    public const string Dead = "dead";

    /// <summary>A person asked to send it again.</summary>
    public const string Resend = "resend";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Sent, Waiting, Dead, Resend];
}
