using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Events;

/// <summary>The event log over HTTP: pages of JSON, and a live stream that resumes where it was cut.</summary>
public static class EventEndpoints
{
    /// <summary>Maps <c>/api/events</c> and <c>/api/events/stream</c> (server-sent events, with <c>Last-Event-ID</c>).</summary>
    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/events").RequireAuthorization(Policies.View).WithTags("Events");
        group.MapGet("/", (
                string? rollout, string? service, string? environment, string? build, long? after, Caller caller, EventReader reader, CancellationToken token) =>
            reader.ReadAsync(new EventFilter(rollout, service, environment) { Build = build, Visible = caller.Services }, after ?? 0, token));
        group.MapGet("/stream", Stream);
        return routes;
    }

    private static IResult Stream(
        string? rollout, string? service, string? environment, string? build, long? after, HttpContext http, Caller caller, EventReader reader,
        IHostApplicationLifetime lifetime, CancellationToken token) =>
        Follow(http, new EventFilter(rollout, service, environment) { Build = build, Visible = caller.Services }, after, reader, lifetime, token);

    /// <summary>Answers with events as they happen, from where the client was cut off.</summary>
    internal static IResult Follow(
        HttpContext http, EventFilter filter, long? after, EventReader reader, IHostApplicationLifetime lifetime, CancellationToken token)
    {
        var last = long.TryParse(http.Request.Headers["Last-Event-ID"], out var id) ? id : after ?? 0;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Items(http, reader, filter, last, lifetime.ApplicationStopping, token));
    }

    /// <summary>
    /// Sends the headers before the first event, so that a client can tell a quiet server from a dead one. Ends a rollout's or a build's
    /// stream after its last event, so that it knows that nothing more will come, and every stream when the server stops, which would
    /// wait for them otherwise; clients come back with the id of the last event that they have seen.
    /// </summary>
    private static async IAsyncEnumerable<SseItem<EventView>> Items(
        HttpContext http, EventReader reader, EventFilter filter, long after, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken token)
    {
        await http.Response.Body.FlushAsync(token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, token);
        await using var events = reader.FollowAsync(filter, after, either.Token).GetAsyncEnumerator(either.Token);
        while (await MoveAsync(events, stopping))
        {
            var view = events.Current;
            yield return new SseItem<EventView>(view, view.Type) { EventId = view.Id.ToString(CultureInfo.InvariantCulture) };
            if (filter.IsEndedBy(view.Type)) yield break;
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<EventView> events, CancellationToken stopping)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
