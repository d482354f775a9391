using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Rollouts.Reports;

/// <summary>How rollouts and nodes stand, as metrics tell it.</summary>
public sealed class RolloutStandingTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Rollouts_are_told_by_state_with_how_long_they_wait_or_say_nothing()
    {
        await AddAsync(RolloutStates.Running, "shop", minutes: 9);
        await AddAsync(RolloutStates.Queued, "shop", minutes: 8);
        await AddAsync(RolloutStates.Queued, "shop", minutes: 3);
        await AddAsync(RolloutStates.Paused, "hello", minutes: 5);
        await AddAsync(RolloutStates.Succeeded, "hello", minutes: 20);
        await AddAsync(RolloutStates.Running, "hello", minutes: 1, plan: true);
        await AddNodeAsync("app1", NodeStates.Good);
        await AddNodeAsync("app2", NodeStates.Good);
        await AddNodeAsync("app3", NodeStates.Drifted);
        await AddNodeAsync("app4", NodeStates.Drifted, "deleted");
        await _database.Writer.WriteAsync(context => context.Add(new ServiceRow { Name = "deleted", DeletedAt = _database.Time.GetUtcNow() }), Token);

        var standing = await ReadAsync();

        Assert.Equal(["hello/paused=1", "shop/queued=2", "shop/running=1"], Texts(standing.Rollouts));
        Assert.Equal(["shop/=480"], Texts(standing.QueueWaits));
        Assert.Equal(["shop/=510"], Texts(standing.Silences)); // Its last event came half a minute after its beginning
        Assert.Equal(["hello/drifted=1", "hello/good=2"], Texts(standing.Nodes));
    }

    [Fact]
    public void What_is_gone_is_told_as_zero()
    {
        var seen = new SeenSeries();
        Series drifted = new("hello", "production", "drifted"), good = new("hello", "production", "good");
        Assert.Single(seen.With(new Dictionary<Series, double> { [drifted] = 2 }));
        var then = seen.With(new Dictionary<Series, double> { [good] = 3 });
        Assert.Equal([0, 3], then.Select(measurement => measurement.Value).Order());
        Assert.Equal(["service", "environment", "state"], then[0].Tags.ToArray().Select(tag => tag.Key));
    }

    private static IEnumerable<string> Texts(IReadOnlyDictionary<Series, double> numbers) =>
        numbers.Select(entry => $"{entry.Key.Service}/{entry.Key.State}={entry.Value:0}").Order(StringComparer.Ordinal);

    private async Task<RolloutStanding> ReadAsync()
    {
        await using var context = await _database.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        return RolloutStanding.Read(context, _database.Time.GetUtcNow());
    }

    private Task AddAsync(string state, string service, int minutes, bool plan = false) => _database.Writer.WriteAsync(context =>
    {
        var row = EndedRollout.Row();
        (row.State, row.Service, row.PlanOnly, row.CreatedAt) = (state, service, plan, _database.Time.GetUtcNow().AddMinutes(-minutes));
        context.Add(row);
        var happened = EndedRollout.Events(row.Id)[0];
        happened.At = row.CreatedAt.AddSeconds(30);
        context.Add(happened);
    }, Token);

    private Task AddNodeAsync(string name, string state, string service = "hello") => _database.Writer.WriteAsync(
        context => context.Add(new NodeStateRow { Service = service, Environment = "production", Name = name, Address = name, State = state }), Token);
}
