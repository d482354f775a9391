using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Notifications.Deliveries;

/// <summary>The log of deliveries, and what people do with those that failed.</summary>
public sealed class DeliveryQueries(IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, AuditLog audit)
{
    /// <summary>How many deliveries one read returns at most.</summary>
    public const int PageSize = 200;

    /// <summary>The deliveries of a channel, newest first, at most <see cref="PageSize"/>.</summary>
    /// <param name="channel">The channel's name; null for all.</param>
    /// <param name="state">Only those in one of <see cref="DeliveryStates"/>; null for all.</param>
    /// <param name="rollout">Only those about a rollout; null for all.</param>
    /// <param name="before">Only those with a lower id; null for the newest.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ApiException">400: there is no such state; 404: there is no such channel.</exception>
    public async Task<IReadOnlyList<DeliveryView>> ListAsync(string? channel, string? state, string? rollout, long? before, CancellationToken cancellationToken)
    {
        if (state is not null && !DeliveryStates.All.Contains(state))
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"state is '{state}'.", $"Ask for {string.Join(", ", DeliveryStates.All)}.");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (channel is not null && await context.FindAsync<ChannelRow>([channel], cancellationToken) is null) throw ChannelCatalog.NoChannel(channel);
        var rows = context.Set<DeliveryRow>().AsNoTracking();
        if (channel is not null) rows = rows.Where(row => row.Channel == channel);
        if (state is not null) rows = rows.Where(row => row.State == state);
        if (rollout is not null) rows = rows.Where(row => row.Rollout == rollout);
        if (before is not null) rows = rows.Where(row => row.Id < before);
        return [.. (await rows.OrderByDescending(row => row.Id).Take(PageSize).ToListAsync(cancellationToken)).Select(row => row.ToView())];
    }

    /// <summary>Sends what was set aside again, out of its order, or what waits at once.</summary>
    /// <exception cref="ApiException">404: there is none of the id; 409: it was sent.</exception>
    public Task ResendAsync(string channel, long id, string by, CancellationToken cancellationToken) => ChangeAsync(channel, id, (_, row) =>
    {
        if (row.State == DeliveryStates.Sent)
            throw new ApiException(409, ProblemCodes.WrongState, $"Delivery {id} was sent; the receiver has it.", "Send a test message to see whether the channel works.");
        row.NextAt = null;
        if (row.State == DeliveryStates.Dead) row.State = DeliveryStates.Resend;
    }, by, "delivery.resend", cancellationToken);

    /// <summary>Sends all that a channel set aside again, oldest first.</summary>
    /// <returns>How many.</returns>
    public Task<int> ResendDeadAsync(string channel, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            if (context.Find<ChannelRow>(channel) is null) throw ChannelCatalog.NoChannel(channel);
            var count = context.Set<DeliveryRow>().Where(row => row.Channel == channel && row.State == DeliveryStates.Dead)
                .ExecuteUpdate(change => change.SetProperty(row => row.State, DeliveryStates.Resend).SetProperty(row => row.NextAt, (DateTimeOffset?)null));
            if (count > 0) audit.Record(context, by, "delivery.resend", channel, $"all {count} that were set aside");
            return count;
        },
        cancellationToken);

    /// <summary>Sets aside what waits, so that what comes after it is told.</summary>
    /// <exception cref="ApiException">404: there is none of the id; 409: it does not wait.</exception>
    public Task SetAsideAsync(string channel, long id, string by, CancellationToken cancellationToken) => ChangeAsync(channel, id, (owner, row) =>
    {
        if (row.State != DeliveryStates.Waiting) throw new ApiException(409, ProblemCodes.WrongState, $"Delivery {id} does not wait: it is {row.State}.", fix: null);
        (row.State, row.NextAt) = (DeliveryStates.Dead, null);
        owner.Cursor = Math.Max(owner.Cursor, row.Event);
    }, by, "delivery.set_aside", cancellationToken);

    private Task ChangeAsync(string channel, long id, Action<ChannelRow, DeliveryRow> change, string by, string action, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            if (context.Find<ChannelRow>(channel) is not { } owner || context.Find<DeliveryRow>(id) is not { } row || row.Channel != channel)
                throw new ApiException(404, ProblemCodes.NotFound, $"The channel '{channel}' has no delivery {id}.", $"See 'wheelhouse channels deliveries {channel}'.");
            change(owner, row);
            audit.Record(context, by, action, channel, $"{row.Name} of {row.EventAt:u}: {row.Title}");
        },
        cancellationToken);
}
