using System.Text.Json;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Events;

/// <summary>Writes the event log. Events that belong to a change are written in the same transaction as the change, with <see cref="Record"/>.</summary>
public sealed class EventLog(DatabaseWriter writer, TimeProvider time)
{
    /// <summary>Adds an event to a change that is being applied; followers see it once the change is durable.</summary>
    /// <param name="context">The context that <see cref="DatabaseWriter.WriteAsync{T}"/> gave to the change.</param>
    /// <param name="event">The event.</param>
    public void Record(WheelhouseContext context, NewEvent @event) => context.Set<EventRow>().Add(new EventRow
    {
        At = time.GetUtcNow(),
        Type = @event.Type,
        Message = @event.Message,
        Service = @event.Service,
        Environment = @event.Environment,
        Rollout = @event.Rollout,
        Node = @event.Node,
        Build = @event.Build,
        Data = @event.Data is null ? null : JsonSerializer.Serialize(@event.Data, JsonSerializerOptions.Web),
    });

    /// <summary>Records an event of its own and waits until it is durable.</summary>
    /// <param name="event">The event.</param>
    /// <param name="cancellationToken">See <see cref="DatabaseWriter.WriteAsync{T}"/>.</param>
    public Task AppendAsync(NewEvent @event, CancellationToken cancellationToken = default) =>
        writer.WriteAsync(context => Record(context, @event), cancellationToken);
}
