namespace Wheelhouse.Server.Notifications;

/// <summary>What one channel tells of one event.</summary>
public sealed record Notification
{
    /// <summary>The same for every attempt to deliver it, and for no other notification of any channel, such as <c>msg_ops-chat_4711</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What happened: one of <see cref="NotificationEvents"/>.</summary>
    public required string Event { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The service it concerns, or null.</summary>
    public string? Service { get; init; }

    /// <summary>The environment it concerns, or null.</summary>
    public string? Environment { get; init; }

    /// <summary>The rollout it is about; null when it is about none.</summary>
    public RolloutFacts? Rollout { get; init; }

    /// <summary>The build it is about; null when it is about none.</summary>
    public BuildFacts? Build { get; init; }

    /// <summary>One line, as the event log has it.</summary>
    public required string Message { get; init; }

    /// <summary>The page to look at.</summary>
    public required Uri Link { get; init; }

    /// <summary>One line of plain text, made by the channel's template.</summary>
    public string Title { get; init; } = "";

    /// <summary>More lines of plain text, made by the channel's template; may be empty.</summary>
    public string Text { get; init; } = "";
}
