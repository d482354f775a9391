using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Delivery.Figures;
using Fact = Wheelhouse.Tests.Delivery.SeededHistory.Fact;

namespace Wheelhouse.Tests.Delivery;

/// <summary>500 rollouts of five services in nine places: what the product computes from the log equals what the facts say.</summary>
public sealed class SeededHistoryTests : IAsyncLifetime
{
    private const int Count = 500;
    private DeliveryDatabase _database = null!;
    private SeededHistory _history = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Period Whole => new(SeededHistory.Start, _database.Now.AddDays(1), DeliveryBuckets.Week);

    public async ValueTask InitializeAsync()
    {
        _database = await DeliveryDatabase.StartAsync(Token);
        _history = new SeededHistory(_database, seed: 20300101);
        await _history.WriteAsync(Count);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_figure_equals_the_one_computed_from_the_facts()
    {
        Assert.Equal(Count, _history.Facts.Count);
        foreach (var environment in (string?[])[null, "staging", "canary", DeliveryQuery.EveryEnvironment])
        {
            var view = await _database.ViewAsync(Whole, environment: environment);
            AssertEqual(view, environment, fact => true);
            var part = Whole with { From = SeededHistory.Start.AddDays(33.3), To = SeededHistory.Start.AddDays(71.7), Bucket = DeliveryBuckets.Day };
            AssertEqual(await _database.ViewAsync(part, environment: environment), environment, fact => true);
        }

        AssertEqual(await _database.ViewAsync(Whole, team: "payments"), null, fact => fact.Place.Service is "billing" or "invoices");
        AssertEqual(await _database.ViewAsync(Whole, service: "shop"), null, fact => fact.Place.Service == "shop");
        AssertEqual(await _database.ViewAsync(Whole, service: "ledger"), null, fact => fact.Place.Service == "ledger");
    }

    /// <summary>A history in which something never happens would prove nothing of it.</summary>
    [Fact]
    public async Task The_history_has_everything_that_can_happen()
    {
        var total = (await _database.ViewAsync(Whole, environment: DeliveryQuery.EveryEnvironment)).Total;
        Assert.True(total is { Deployments: > 250, Failed: > 50, LeadTime.Count: > 300, TimeToRestore.Count: > 50, LeadTimeBasis: LeadTimeBases.Commits });
        Assert.Equal(LeadTimeBases.Publication, (await _database.ViewAsync(Whole, service: "ledger")).Total.LeadTimeBasis);
        Assert.Equal(["front", "payments"], (await _database.ViewAsync(Whole)).Teams.Select(team => team.Team));
    }

    [Theory]
    [InlineData(DeliveryBuckets.Day)]
    [InlineData(DeliveryBuckets.Week)]
    [InlineData(DeliveryBuckets.Month)]
    public async Task Buckets_add_up_to_the_whole(string bucket)
    {
        var view = await _database.ViewAsync(Whole with { Bucket = bucket }, environment: DeliveryQuery.EveryEnvironment);
        Assert.Equal(view.Total.Deployments, view.Buckets.Sum(one => one.Figures.Deployments));
        Assert.Equal(view.Total.Failed, view.Buckets.Sum(one => one.Figures.Failed));
        Assert.Equal(view.Total.Unrestored, view.Buckets.Sum(one => one.Figures.Unrestored));
        Assert.Equal(view.Total.TimeToRestore!.Count, view.Buckets.Sum(one => one.Figures.TimeToRestore?.Count ?? 0));
        Assert.Equal(view.Total.LeadTime!.Count, view.Buckets.Where(one => one.Figures.LeadTimeBasis == LeadTimeBases.Commits).Sum(one => one.Figures.LeadTime?.Count ?? 0));
        Assert.Equal(view.Total.Deployments, view.Services.Sum(one => one.Figures.Deployments));
    }

    [Fact]
    public async Task What_happens_in_other_environments_changes_nothing()
    {
        var period = Whole;
        var before = await _database.ViewAsync(period);
        var more = new Random(7);
        foreach (var fact in _history.Facts.Take(100))
        {
            _database.MoveTo(_database.Now.AddMinutes(1));
            await _database.EndRolloutAsync(
                fact.Place.Service, more.Next(2) == 0 ? "staging" : "elsewhere", fact.Kind, fact.State, fact.Release.Version, fact.Release.Version, fact.IsPlan, fact.Changed);
        }

        var after = await _database.ViewAsync(period);
        Assert.Equal(Timeless(before), Timeless(after));
        Assert.Equal(before.Services.Select(service => Timeless(service.Figures)), after.Services.Select(service => Timeless(service.Figures)));
    }

    /// <summary>The frequency is per day that has passed, and more days have.</summary>
    private static DeliveryFigures Timeless(DeliveryView view) => Timeless(view.Total);

    private static DeliveryFigures Timeless(DeliveryFigures figures) => figures with { DeploymentsPerDay = 0 };

    private void AssertEqual(DeliveryView view, string? environment, Func<Fact, bool> isMeant)
    {
        var expected = new Expected(_history.Facts);
        bool Counts(Fact fact) => isMeant(fact) && IsIn(fact, environment);
        DeliveryFigures Of(Func<Fact, bool> also) => expected.Figures(view.From, view.To, _database.Now, fact => Counts(fact) && also(fact));

        Assert.Equal(Of(_ => true), view.Total);
        Assert.All(view.Services, service => Assert.Equal(Of(fact => fact.Place.Service == service.Service), service.Figures));
        Assert.All(view.Teams, team => Assert.Equal(Of(fact => SeededHistory.Services.Single(service => service.Service == fact.Place.Service).Team == team.Team), team.Figures));
        Assert.All(view.Buckets, bucket => Assert.Equal(expected.Figures(bucket.From, bucket.To, _database.Now, Counts), bucket.Figures));
    }

    private static bool IsIn(Fact fact, string? environment) => environment switch
    {
        null => SeededHistory.Services.Single(service => service.Service == fact.Place.Service).Environments[^1] == fact.Place.Environment,
        DeliveryQuery.EveryEnvironment => true,
        _ => fact.Place.Environment == environment,
    };
}
