namespace Wheelhouse.Server.Notifications;

/// <summary>A notification was not taken. Never contains a secret.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="fix">What to do about it, or null.</param>
public sealed class NotifierException(string message, string? fix) : Exception(message)
{
    /// <summary>What to do about it, or null.</summary>
    public string? Fix { get; } = fix;

    /// <summary>Whether the receiver refused this very message, so that it would refuse it again: it is set aside, and the next one is sent. Default false.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The HTTP status of the answer; null when none came, or over another protocol.</summary>
    public int? Status { get; init; }

    /// <summary>How long the receiver asked to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
