using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Notifications.Channels;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>
/// Tells what happens over one channel, one event after another in the order of the log. What fails is tried again, and all after it waits; what the receiver
/// refuses, or what was tried for too long, is set aside. The database knows how far it is. Used by one grain at a time.
/// </summary>
internal sealed class ChannelQueue(
    string name,
    DeliveryJournal journal,
    EventReader events,
    NotificationReader notifications,
    ChannelDocumentParser parser,
    NotificationSender sender,
    NotificationMetrics metrics,
    TimeProvider time,
    ILogger<ChannelQueue> logger)
{
    /// <summary>How often a message is replaced while a rollout runs.</summary>
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(2);

    /// <summary>How long a receiver may ask not to hear how far a rollout is; what else there is to tell waits as long.</summary>
    private static readonly TimeSpan LongestCalm = TimeSpan.FromMinutes(1);

    private const string EventIsGone = "The event log no longer has this event.";
    private const string EventIsGoneFix = "Raise retention.events if events are to be kept longer.";

    /// <summary>How far the cursor in the database may be behind when nothing was told.</summary>
    private const int FarBehind = 2_000;

    private readonly Dictionary<string, DateTimeOffset> _nextProgress = new(StringComparer.Ordinal);
    private (string Yaml, ChannelDocument? Document) _read = ("", null);

    /// <summary>The document with which the head failed, by which a corrected one is tried at once; null when nothing waits.</summary>
    private string? _failedWith;
    private long _cursor;

    /// <summary>Whether the channel was deleted.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Tells all that there is to tell now.</summary>
    /// <returns>When to come again although nothing may have happened; null when there is nothing to come for.</returns>
    public async Task<DateTimeOffset?> DrainAsync(CancellationToken stopping)
    {
        if (await journal.FindChannelAsync(name, stopping) is not { } row)
        {
            IsGone = true;
            metrics.Forget(name);
            return null;
        }

        if (row.Yaml != _read.Yaml)
        {
            // What the document before did not want is not told because a new one does, also after a restart.
            if (_cursor > row.Cursor) await journal.MoveAsync(name, _cursor);
            metrics.Begin(name);
            _read = (row.Yaml, parser.Parse(row.Yaml).Channels is [var parsed] ? parsed.Document : null);
        }

        if (_read.Document is not { } channel) return null; // Until a valid document is applied
        await ResendAsync(channel, stopping);
        _cursor = Math.Max(_cursor, row.Cursor);
        var head = await journal.FindHeadAsync(row, stopping);
        _failedWith = head is null ? null : _failedWith ?? _read.Yaml;
        if (head?.NextAt is { } next && next > time.GetUtcNow() && _failedWith == _read.Yaml) return next;
        if (head is not null && await events.FindAsync(head.Event, stopping) is null) await journal.DropAsync(head, EventIsGone, EventIsGoneFix);
        var types = channel.Notifier.CanReplace(channel.Options) ? [.. NotificationEvents.Types, .. NotificationEvents.ProgressTypes] : NotificationEvents.Types;
        while (true)
        {
            var newest = await events.FindLastIdAsync(stopping);
            var page = await events.ReadTypesAsync(types, _cursor, stopping);
            for (var i = 0; i < page.Count; i++)
            {
                stopping.ThrowIfCancellationRequested();
                var view = page[i];
                var later = IsProgress(view)
                    ? await TellProgressAsync(channel, view, isLast: !page.Skip(i + 1).Any(other => other.Rollout == view.Rollout || !IsProgress(other)), stopping)
                    : await TellAsync(channel, view, head?.Event == view.Id ? head : null, stopping);
                if (later is not null) return later;
                _cursor = view.Id;
            }

            if (page.Count == EventReader.PageSize) continue;
            _cursor = Math.Max(_cursor, newest);
            if (_cursor - row.Cursor > FarBehind) await journal.MoveAsync(name, _cursor);
            metrics.SetHead(name, null);
            return null;
        }
    }

    /// <returns>When to try again; null when the channel is done with the event.</returns>
    private async Task<DateTimeOffset?> TellAsync(ChannelDocument channel, EventView view, DeliveryRow? known, CancellationToken stopping)
    {
        if (view is { Type: EventTypes.RolloutEnded, Rollout: { } ended }) _nextProgress.Remove(ended);
        if (!channel.Wants(view) || await notifications.FindAsync(view, name, stopping) is not { } notification)
        {
            if (known is not null) await journal.DropAsync(known, "The channel's document does not ask for this any more.", fix: null);
            return null;
        }

        metrics.SetHead(name, view.At);
        var attempt = await TryAsync(channel, channel.Templates.Render(notification), view, known, stopping);
        _failedWith = attempt.State == DeliveryStates.Waiting ? _read.Yaml : null;
        return attempt.NextAt;
    }

    private async Task<Attempt> TryAsync(ChannelDocument channel, Notification notification, EventView view, DeliveryRow? known, CancellationToken stopping)
    {
        // What is sent again comes late: it must not replace what was said since.
        var earlier = known?.State == DeliveryStates.Resend ? null : await journal.FindReferenceAsync(name, notification.Rollout?.Id, stopping);
        var began = time.GetTimestamp();
        Attempt attempt;
        try
        {
            var reference = await sender.SendAsync(channel, notification, earlier, stopping);
            attempt = new Attempt(DeliveryStates.Sent, time.GetElapsedTime(began)) { Reference = reference };
        }
        catch (NotifierException flaw)
        {
            attempt = Failed(channel, known, flaw, time.GetElapsedTime(began));
            logger.LogWarning("The channel {Channel} could not tell {Event}: {Reason}", name, notification.Event, flaw.Message);
        }

        metrics.Attempted(name, attempt.Took, attempt.State == DeliveryStates.Sent);
        if (attempt.State == DeliveryStates.Dead) metrics.SetAside(name);
        await journal.WriteAsync(name, view, notification, attempt);
        return attempt;
    }

    private Attempt Failed(ChannelDocument channel, DeliveryRow? known, NotifierException flaw, TimeSpan took)
    {
        var now = time.GetUtcNow();
        var isOver = flaw.IsRefused || known?.State == DeliveryStates.Resend || now - (known?.FirstAt ?? now) >= channel.GiveUpAfter;
        return new Attempt(isOver ? DeliveryStates.Dead : DeliveryStates.Waiting, took)
        {
            Error = flaw.Message,
            Fix = flaw.Fix,
            NextAt = isOver ? null : now + Backoff.After((known?.Attempts ?? 0) + 1, flaw.RetryAfter, Random.Shared.NextDouble()),
        };
    }

    /// <summary>Replaces the message about a rollout, not too often. What fails here is not tried again: the next one says more.</summary>
    private async Task<DateTimeOffset?> TellProgressAsync(ChannelDocument channel, EventView view, bool isLast, CancellationToken stopping)
    {
        if (!isLast || !channel.Wants(view) || await journal.FindReferenceAsync(name, view.Rollout, stopping) is not { } earlier) return null;
        var now = time.GetUtcNow();
        if (_nextProgress.TryGetValue(view.Rollout!, out var next) && next > now) return next;
        if (await notifications.FindAsync(view, name, stopping) is not { Rollout.EndedAt: null } notification) return null;
        _nextProgress[view.Rollout!] = now + BetweenProgress;
        try
        {
            await sender.SendAsync(channel, channel.Templates.Render(notification), earlier, stopping);
        }
        catch (NotifierException flaw)
        {
            logger.LogDebug("The channel {Channel} could not tell how far {Rollout} is: {Reason}", name, view.Rollout, flaw.Message);
            if (flaw.RetryAfter is { } asked) _nextProgress[view.Rollout!] = now + (asked < LongestCalm ? asked : LongestCalm);
        }

        return null;
    }

    /// <summary>Sends one thing again that a person asked for. Writing how that went brings the next turn, so that many of them do not keep what happens now from being told.</summary>
    private async Task ResendAsync(ChannelDocument channel, CancellationToken stopping)
    {
        if (await journal.FindResendAsync(name, stopping) is not { } row) return;
        var view = await events.FindAsync(row.Event, stopping);
        if (view is not null && await notifications.FindAsync(view, name, stopping) is { } notification)
            await TryAsync(channel, channel.Templates.Render(notification), view, row, stopping);
        else
            await journal.DropAsync(row, EventIsGone, EventIsGoneFix);
    }

    private static bool IsProgress(EventView view) => NotificationEvents.NameOf(view) == NotificationEvents.Progress;
}
