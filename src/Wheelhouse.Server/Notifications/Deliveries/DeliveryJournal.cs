using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>Writes down how far a channel is, each delivery together with the place in the event log.</summary>
internal sealed class DeliveryJournal(IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, TimeProvider time)
{
    /// <summary>A channel as it stands; null when it was deleted.</summary>
    public async Task<ChannelRow?> FindChannelAsync(string channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<ChannelRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == channel, cancellationToken);
    }

    /// <summary>What failed at the head of the queue and waits; null when nothing does.</summary>
    public async Task<DeliveryRow?> FindHeadAsync(ChannelRow channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<DeliveryRow>().AsNoTracking().Where(row => row.Channel == channel.Name && row.State == DeliveryStates.Waiting)
            .OrderBy(row => row.Event).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The oldest of what a person asked to send again, or null.</summary>
    public async Task<DeliveryRow?> FindResendAsync(string channel, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<DeliveryRow>().AsNoTracking().Where(row => row.Channel == channel && row.State == DeliveryStates.Resend)
            .OrderBy(row => row.Event).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>By what the channel's last message about a rollout can be replaced, or null.</summary>
    public async Task<string?> FindReferenceAsync(string channel, string? rollout, CancellationToken cancellationToken)
    {
        if (rollout is null) return null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<DeliveryRow>().AsNoTracking().Where(row => row.Rollout == rollout && row.Channel == channel && row.Reference != null)
            .OrderByDescending(row => row.Event).Select(row => row.Reference).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Moves a channel on, past events that are none of its own.</summary>
    public Task MoveAsync(string channel, long cursor) => writer.WriteAsync(context =>
    {
        if (context.Find<ChannelRow>(channel) is { } row && row.Cursor < cursor) row.Cursor = cursor;
    });

    /// <summary>
    /// Writes how an attempt ended; once the notification was sent or set aside, the channel moves on. What a person set aside meanwhile stays so, and a channel
    /// that was deleted and made again meanwhile has nothing to do with it.
    /// </summary>
    public Task WriteAsync(string channel, EventView view, Notification notification, Attempt attempt) => writer.WriteAsync(context =>
    {
        if (context.Find<ChannelRow>(channel) is not { } owner) return;
        var now = time.GetUtcNow();
        var known = context.Set<DeliveryRow>().FirstOrDefault(row => row.Channel == channel && row.Event == view.Id);
        if ((known is null && owner.Cursor >= view.Id) || (known?.State == DeliveryStates.Dead && attempt.State == DeliveryStates.Waiting)) return;
        var row = known ?? context.Add(New(channel, view, notification, now)).Entity;
        row.Title = notification.Title;
        row.Attempts++;
        (row.State, row.LastAt, row.NextAt) = (attempt.State, now, attempt.NextAt);
        (row.Milliseconds, row.Error, row.Fix) = ((int)attempt.Took.TotalMilliseconds, attempt.Error, attempt.Fix);
        row.Reference = attempt.Reference ?? row.Reference;
        if (attempt.State != DeliveryStates.Waiting && owner.Cursor < view.Id) owner.Cursor = view.Id;
    });

    /// <summary>Sets a delivery aside that there is nothing to send of any more, and the channel moves on.</summary>
    public Task DropAsync(DeliveryRow dropped, string why, string? fix) => writer.WriteAsync(context =>
    {
        if (context.Find<DeliveryRow>(dropped.Id) is not { } row) return;
        (row.State, row.NextAt, row.LastAt, row.Error, row.Fix) = (DeliveryStates.Dead, null, time.GetUtcNow(), why, fix);
        if (context.Find<ChannelRow>(row.Channel) is { } owner && owner.Cursor < row.Event) owner.Cursor = row.Event;
    });

    private static DeliveryRow New(string channel, EventView view, Notification notification, DateTimeOffset now) => new()
    {
        Channel = channel,
        Event = view.Id,
        EventAt = view.At,
        Name = notification.Event,
        Service = notification.Service,
        Environment = notification.Environment,
        Rollout = notification.Rollout?.Id,
        Title = notification.Title,
        State = DeliveryStates.Waiting,
        FirstAt = now,
    };
}

/// <summary>How an attempt ended.</summary>
/// <param name="State">One of <see cref="DeliveryStates"/>.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Attempt(string State, TimeSpan Took)
{
    public string? Reference { get; init; }

    public string? Error { get; init; }

    public string? Fix { get; init; }

    public DateTimeOffset? NextAt { get; init; }
}
