using System.Globalization;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Sending;

/// <summary>What messages in chats have beside the words of the template. All of it is plain text, which each medium escapes.</summary>
internal static class ChatMessage
{
    /// <summary>Title with a symbol before it, by which the result is seen at a glance; one line, never empty.</summary>
    public static string Title(Notification notification) => $"{Symbol(notification)} {(notification.Title.Length > 0 ? notification.Title : notification.Message)}";

    /// <summary>Green for a success, else by the severity; as <c>#rrggbb</c>.</summary>
    public static string Color(Notification notification) => notification switch
    {
        { Event: NotificationEvents.Succeeded } => "#2e7d32",
        { Severity: Severity.Error } => "#c62828",
        { Severity: Severity.Warning } => "#ef6c00",
        _ => "#1565c0",
    };

    /// <summary>What there is to know in every message, whatever the templates say.</summary>
    /// <param name="notification">What happened.</param>
    /// <param name="escape">Makes plain text fit for the medium.</param>
    /// <param name="when">Writes a time for the medium; by default <see cref="When"/>.</param>
    public static IReadOnlyList<ChatFact> Facts(Notification notification, Func<string, string> escape, Func<DateTimeOffset, string>? when = null)
    {
        var rollout = notification.Rollout;
        (string Name, string? Value)[] facts =
        [
            ("Service", notification.Service),
            ("Environment", notification.Environment),
            ("Version", rollout is null ? null : rollout.From is null ? rollout.Version : $"{rollout.From} → {rollout.Version}"),
            ("Result", rollout is null ? null : Result(rollout)),
            ("By", rollout?.By),
            ("Took", rollout is { Duration.Ticks: > 0 } ? Duration.Describe(rollout.Duration) : null),
        ];
        return [.. facts.Where(fact => fact.Value is not null).Select(fact => new ChatFact(fact.Name, escape(fact.Value!))), new ChatFact("When", (when ?? When)(notification.At))];
    }

    /// <summary>A time for people anywhere: <c>2026-03-02 09:30 UTC</c>.</summary>
    public static string When(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Result(RolloutFacts rollout) =>
        $"{char.ToUpperInvariant(rollout.State[0])}{rollout.State[1..]}{(rollout.Nodes > 0 ? $", {rollout.NodesDone} of {rollout.Nodes} nodes" : "")}";

    private static string Symbol(Notification notification) => notification.Event switch
    {
        NotificationEvents.Started or NotificationEvents.Progress => "🚀",
        NotificationEvents.Succeeded => "✅",
        NotificationEvents.Reverted => "↩️",
        NotificationEvents.Cancelled => "🛑",
        NotificationEvents.Paused => "⏸️",
        _ => notification.Severity switch { Severity.Error => "❌", Severity.Warning => "⚠️", _ => "ℹ️" },
    };
}

/// <summary>One fact of a message.</summary>
/// <param name="Name">What it is, in a word.</param>
/// <param name="Value">Its value, escaped for the medium.</param>
internal sealed record ChatFact(string Name, string Value);
