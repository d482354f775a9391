using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Reads one page of the event log, the oldest first; an empty page means that there are no more now.</summary>
    public Task<IReadOnlyList<EventView>> ListEventsAsync(EventQuery query, CancellationToken token) =>
        GetAsync<IReadOnlyList<EventView>>("api/events" + query.ToQueryString(), token);

    /// <summary>Reads every event that the log holds now, page by page.</summary>
    public async IAsyncEnumerable<EventView> ReadEventsAsync(EventQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        while (await ListEventsAsync(query, token) is { Count: > 0 } page)
        {
            foreach (var item in page) yield return item;
            query = query with { After = page[^1].Id };
        }
    }

    /// <summary>
    /// Yields events as they happen, each exactly once and in order, over as many connections as it takes. Ends after
    /// <see cref="EventTypes.RolloutEnded"/> when the query names a rollout, and after <see cref="EventTypes.BuildEnded"/> when it names a build; otherwise never.
    /// </summary>
    public IAsyncEnumerable<EventView> FollowEventsAsync(EventQuery query, EventStreamOptions options, CancellationToken token) =>
        new EventStream(ConnectAsync, options).FollowAsync(query, token);

    /// <summary>One connection's events, from its opening to its end.</summary>
    private async IAsyncEnumerable<EventView> ConnectAsync(
        EventQuery query, Action connected, [EnumeratorCancellation] CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/events/stream" + query.ToQueryString());
        if (query.After > 0) request.Headers.Add("Last-Event-ID", query.After.ToString(CultureInfo.InvariantCulture));
        using var response = await ProblemReader.EnsureSuccessAsync(
            await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), token);
        connected();
        var parser = SseParser.Create(
            await response.Content.ReadAsStreamAsync(token), (_, data) => JsonSerializer.Deserialize<EventView>(data, Json)!);
        await foreach (var item in parser.EnumerateAsync(token)) yield return item.Data;
    }
}
