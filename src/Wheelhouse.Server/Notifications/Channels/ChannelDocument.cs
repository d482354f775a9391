using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Notifications.Templates;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>A channel as its YAML document says; every value is valid. See <c>docs/reference/channels/README.md</c>.</summary>
public sealed record ChannelDocument
{
    /// <summary>How long a notification is tried by default before it is set aside: a day.</summary>
    public static readonly TimeSpan DefaultGiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Who is told.</summary>
    public required INotifier Notifier { get; init; }

    /// <summary>An instance of the notifier's <see cref="INotifier.OptionsType"/>.</summary>
    public required object Options { get; init; }

    /// <summary>What is told: whatever one of them fits. At least one.</summary>
    public required IReadOnlyList<ChannelRule> Rules { get; init; }

    /// <summary>The words.</summary>
    public required MessageTemplates Templates { get; init; }

    /// <summary>How long one notification is tried, and the ones after it wait, before it is set aside.</summary>
    public required TimeSpan GiveUpAfter { get; init; }

    /// <summary>The names of the secrets that the options name.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Whether the channel tells this; progress is told of what it tells the beginning of.</summary>
    public bool Wants(EventView view) => NotificationEvents.NameOf(view) is { } name
        && Rules.Any(rule => rule.Fits(name == NotificationEvents.Progress ? NotificationEvents.Started : name, view.Service, view.Environment));
}
