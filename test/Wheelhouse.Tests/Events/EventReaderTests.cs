using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Events;

public sealed class EventReaderTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EventLog Log => _database.Services.GetRequiredService<EventLog>();

    private EventReader Reader => _database.Services.GetRequiredService<EventReader>();

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Followers_see_every_event_once_and_in_order_while_many_write()
    {
        const int Count = 1500;
        var followers = Enumerable.Range(0, 5).Select(_ => TakeAsync(Reader.FollowAsync(new EventFilter(), 0, Token), Count)).ToList();
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Token }, async (number, token) =>
            await Log.AppendAsync(new NewEvent(EventTypes.NodeLog, $"{number}"), token));
        foreach (var seen in await Task.WhenAll(followers))
        {
            Assert.Equal(seen.Select(view => view.Id).Order(), seen.Select(view => view.Id));
            Assert.Equal(Count, seen.Select(view => view.Message).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public async Task A_follower_that_comes_back_goes_on_after_the_last_event_that_it_saw()
    {
        foreach (var number in Enumerable.Range(0, 10)) await Log.AppendAsync(new NewEvent(EventTypes.NodeLog, $"{number}"), Token);
        var first = await TakeAsync(Reader.FollowAsync(new EventFilter(), 0, Token), 4);
        var rest = await TakeAsync(Reader.FollowAsync(new EventFilter(), first[^1].Id, Token), 6);
        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"{number}"), first.Concat(rest).Select(view => view.Message));
    }

    [Fact]
    public async Task A_filter_restricts_to_its_rollout()
    {
        await Log.AppendAsync(new NewEvent(EventTypes.NodeLog, "other") { Rollout = "a" }, Token);
        await Log.AppendAsync(new NewEvent(EventTypes.NodeLog, "mine") { Rollout = "b" }, Token);
        Assert.Equal("mine", Assert.Single(await Reader.ReadAsync(new EventFilter(Rollout: "b"), 0, Token)).Message);
    }

    private static async Task<List<EventView>> TakeAsync(IAsyncEnumerable<EventView> events, int count)
    {
        var seen = new List<EventView>();
        await foreach (var view in events)
        {
            seen.Add(view);
            if (seen.Count == count) break;
        }

        return seen;
    }
}
