using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage.Retention;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Events;

public sealed class EventRetentionTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Node_logs_go_after_30_days_and_events_after_a_year_however_many_there_are()
    {
        await AppendAsync(EventTypes.RolloutEnded, "old event", 1);
        await AppendAsync(EventTypes.NodeLog, "old line", 450);
        Assert.Equal(0, await PruneAsync());
        // Moving the clock also wakes the service's own timer, so who removed how many is not asked.
        _database.Time.Advance(TimeSpan.FromDays(31));
        await AppendAsync(EventTypes.NodeLog, "new line", 1);
        await PruneAsync();
        Assert.Equal(["old event", "new line"], await MessagesAsync());
        _database.Time.Advance(TimeSpan.FromDays(366));
        await AppendAsync(EventTypes.RolloutEnded, "new event", 1);
        await PruneAsync();
        Assert.Equal(["new event"], await MessagesAsync());
    }

    private Task<int> PruneAsync() => _database.Services.GetRequiredService<RetentionService>().PruneAsync(Token);

    private async Task AppendAsync(string type, string message, int count)
    {
        var log = _database.Services.GetRequiredService<EventLog>();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => log.AppendAsync(new NewEvent(type, message), Token)));
    }

    private async Task<IEnumerable<string>> MessagesAsync() =>
        (await _database.Services.GetRequiredService<EventReader>().ReadAsync(new EventFilter(), 0, Token)).Select(view => view.Message);
}
