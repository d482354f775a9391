using System.Globalization;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Storage.Retention;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Rollouts;

/// <summary>Old steps, plans and rollouts go, and never what reverts are decided by.</summary>
public sealed class RolloutRetentionTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Steps_go_90_days_after_the_end_and_an_unfinished_rollout_keeps_its_own()
    {
        await AddAsync("1", days: 91);
        await AddAsync("2", days: 89);
        await AddAsync("3", days: null, state: RolloutStates.Paused);
        Assert.Equal(2, await PruneAsync(new StepRetention(new())));
        Assert.Equal(["2", "2", "3", "3"], await LeftAsync<StepRow>(step => step.Rollout));
        Assert.Equal(["1", "2", "3"], await LeftAsync<RolloutRow>(row => row.Id));
    }

    [Fact]
    public async Task Plans_go_after_a_week_with_all_that_belongs_to_them()
    {
        await AddAsync("1", days: 8, plan: true);
        await AddAsync("2", days: 6, plan: true);
        await AddAsync("3", days: 8);
        Assert.Equal(4, await PruneAsync(new PlanRetention(new())));
        Assert.Equal(["2", "3"], await LeftAsync<RolloutRow>(row => row.Id));
        Assert.Equal(["2", "3"], await LeftAsync<RolloutNodeRow>(node => node.Rollout));
        Assert.Equal(["2", "2", "3", "3"], await LeftAsync<StepRow>(step => step.Rollout));
    }

    [Fact]
    public async Task Rollouts_go_after_two_years_but_for_the_good_ones_the_newest_and_what_an_unfinished_one_goes_back_to()
    {
        await AddAsync("1", days: 900, version: "1.0");
        await AddAsync("2", days: 890, version: "1.1");
        await AddAsync("3", days: 880, version: "1.1", kind: RolloutKinds.Revert, source: "1");
        await AddAsync("4", days: 870, state: RolloutStates.Failed);
        await AddAsync("5", days: 860, version: "1.2");
        await AddAsync("6", days: 850, version: "1.0", kind: RolloutKinds.Revert, source: "1");
        await AddAsync("7", days: 840, state: RolloutStates.Cancelled);
        await AddAsync("8", days: null, state: RolloutStates.Running, kind: RolloutKinds.Revert, source: "2");
        await AddAsync("9", days: 900, environment: "staging", state: RolloutStates.Failed);
        var before = await BackAsync();

        await PruneAsync(new RolloutRetention(new()));

        // 6 stays as well: it is what took 2 back.
        Assert.Equal(["1", "2", "6", "7", "8", "9"], await LeftAsync<RolloutRow>(row => row.Id));
        Assert.Equal(["1", "2", "6", "7", "8", "9"], await LeftAsync<RolloutNodeRow>(node => node.Rollout));
        Assert.Equal(before, await BackAsync());
    }

    [Fact]
    public async Task Many_rollouts_go_a_few_at_a_time()
    {
        for (var i = 0; i < 30; i++) await AddAsync(i.ToString("00", CultureInfo.InvariantCulture), days: 800, state: RolloutStates.Failed);
        var retention = new RolloutRetention(new());
        Assert.Equal(12, await PruneAsync(retention, most: 10));
        Assert.Equal(27, (await LeftAsync<RolloutRow>(row => row.Id)).Count);
        while (await PruneAsync(retention, most: 10) >= 10) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Equal(["29"], await LeftAsync<RolloutRow>(row => row.Id));
    }

    /// <summary>Whatever the history and the age that is enough: reverts are decided afterwards as they were before.</summary>
    [Fact]
    public void What_goes_never_changes_how_reverts_are_decided()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var history = Histories.Random(new Random(seed), length: 14);
            for (var age = 0; age <= history.Count; age++)
            {
                var limit = Histories.Start.AddDays(age);
                var gone = RolloutRetention.Removable(history, limit).ToList();
                var rest = history.ToList();
                foreach (var id in gone)
                {
                    rest.RemoveAll(row => row.Id == id);
                    Assert.Equal(Ids(GoodReleases.Stack(history)), Ids(GoodReleases.Stack(rest)));
                    Assert.Equal(GoodReleases.RevertTarget(history)?.Id, GoodReleases.RevertTarget(rest)?.Id);
                }
            }
        }
    }

    private static IEnumerable<string> Ids(IEnumerable<RolloutRow> rows) => rows.Select(row => row.Id);

    private Task<int> PruneAsync(IRetention retention, int most = 200) =>
        _database.Writer.WriteAsync(context => retention.Prune(context, _database.Time.GetUtcNow(), most), Token);

    private Task<List<string>> LeftAsync<T>(Func<T, string> id)
        where T : class => _database.Writer.WriteAsync(context => context.Set<T>().AsEnumerable().Select(id).Order(StringComparer.Ordinal).ToList(), Token);

    private Task<string?> BackAsync() => _database.Writer.WriteAsync(
        context => GoodReleases.RevertTarget([.. context.Set<RolloutRow>().Where(row => row.Environment == "production").OrderBy(row => row.Id)])?.Id, Token);

    /// <summary>Adds a rollout with a node and two steps that ended so many days ago; null for one that goes on.</summary>
    private Task AddAsync(
        string id, int? days, string state = RolloutStates.Succeeded, string version = "1.0", string kind = RolloutKinds.Deploy, string? source = null,
        string environment = "production", bool plan = false) => _database.Writer.WriteAsync(
        context =>
        {
            context.Add(new RolloutRow
            {
                Id = id,
                Service = "hello",
                Environment = environment,
                Kind = kind,
                Version = version,
                Source = source,
                State = plan ? RolloutStates.Planned : state,
                PlanOnly = plan,
                ChangedNodes = !plan,
                By = "test",
                EndedAt = days is { } ago ? _database.Time.GetUtcNow().AddDays(-ago) : null,
            });
            context.Add(new RolloutNodeRow { Rollout = id, Name = "app1", Node = "{}", State = NodeStates.Good });
            foreach (var key in (string[])["stage/app1", "activate/app1/web"])
                context.Add(new StepRow { Rollout = id, Key = key, Node = "app1", Operation = "stage" });
        },
        Token);
}
