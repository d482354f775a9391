using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Answers;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Inventory.Queries;

/// <summary>Whatever an inventory does, a rollout gets all of the right nodes or a clear error.</summary>
public sealed class NodeFinderTests : IAsyncLifetime
{
    private static readonly InventoryContext Place = new("billing", "production");
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private InventoryAnswers Answers => new(_database.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>(), _database.Writer, _database.Time);

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_answer_is_completed_and_kept_with_its_time()
    {
        var query = Ask(_ => Nodes("app1", "app2")) with { Defaults = new NodeDefaults("deploy", 22, null, new Dictionary<string, string>(StringComparer.Ordinal)) };
        var found = await FindAsync(query);
        Assert.Equal(["deploy@app1:22", "deploy@app2:22"], found.Nodes.Select(node => $"{node.User}@{node.Name}:{node.Port}"));
        var kept = await Answers.FindAsync(Place, query, Token);
        Assert.Equal(["app1", "app2"], kept!.Nodes.Select(node => node.Name));
        Assert.Equal(_database.Time.GetUtcNow(), kept.FoundAt);
        Assert.Null(kept.Problem);
        Assert.Null(kept.Used);
    }

    [Fact]
    public async Task A_failure_is_kept_beside_the_last_answer_until_the_next_one()
    {
        var isDown = false;
        var query = Ask(_ => isDown ? throw new InventoryException("It is down.", "Start it.") : Nodes("app1"));
        await FindAsync(query);
        isDown = true;
        await Assert.ThrowsAsync<InventoryException>(() => FindAsync(query));
        var kept = await Answers.FindAsync(Place, query, Token);
        Assert.Equal(("scripted: It is down.", "Start it.", "app1"), (kept!.Problem!.Message, kept.Problem.Fix, kept.Nodes.Single().Name));
        isDown = false;
        await FindAsync(query);
        Assert.Null((await Answers.FindAsync(Place, query, Token))!.Problem);
    }

    [Fact]
    public async Task The_answer_to_another_query_is_not_compared()
    {
        var query = Ask(_ => Nodes("app1"));
        await FindAsync(query);
        await Answers.UseAsync(Place, query, Nodes("app1"));
        var other = Ask(_ => Nodes("app2"), "role:other");
        Assert.Null(await Answers.FindAsync(Place, other, Token));
        await FindAsync(other);
        Assert.Null((await Answers.FindAsync(Place, other, Token))!.Used);
    }

    [Fact]
    public async Task One_that_is_slow_is_told_by_its_name_and_stopped()
    {
        var wasCancelled = false;
        var query = new InventoryQuery(new Scripted("slow", async token =>
        {
            await using var _ = token.Register(() => wasCancelled = true);
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return Nodes();
        }), new object());
        var finding = FindAsync(query);
        _database.Time.Advance(TimeSpan.FromSeconds(30));
        var error = await Assert.ThrowsAsync<InventoryException>(() => finding);
        Assert.Equal("The inventory 'slow' did not answer within 30 s.", error.Message);
        Assert.Contains("inventory.timeout", error.Fix);
        Assert.True(wasCancelled);
    }

    [Fact]
    public async Task One_that_breaks_its_contract_shows_nothing_of_its_inside()
    {
        var error = await Assert.ThrowsAsync<InventoryException>(() => FindAsync(Ask(_ => throw new InvalidOperationException("token abc"))));
        Assert.Contains("InvalidOperationException", error.Message);
        Assert.DoesNotContain("abc", error.Message);
    }

    [Fact]
    public async Task Nothing_twice_and_unusable_nodes_are_errors()
    {
        Assert.Contains("found no node for billing in production", (await Fails(Ask(_ => Nodes()))).Message);
        Assert.Contains("named the node 'app1' twice", (await Fails(Ask(_ => Nodes("app1", "app2", "app1")))).Message);
        Assert.Contains("starts with '-'", (await Fails(Ask(_ => Nodes("-oProxyCommand=touch")))).Message);
        Assert.Contains("means something to a shell", (await Fails(Ask(_ => Nodes("app1;reboot")))).Message);
    }

    [Fact]
    public async Task A_union_never_hides_that_a_part_was_silent()
    {
        Assert.Contains("found no node", (await Fails(new CombinedQuery(Combination.Union, [Ask(_ => Nodes("app1")), Ask(_ => Nodes())]))).Message);
        Assert.Contains("is down", (await Fails(new CombinedQuery(Combination.Union, [Ask(_ => Nodes("app1")), Ask(_ => throw new InventoryException("It is down.", null))]))).Message);
    }

    [Fact]
    public async Task Nothing_to_take_away_is_fine_and_nothing_left_is_not()
    {
        Assert.Equal(["app1"], (await FindAsync(new CombinedQuery(Combination.Difference, [Ask(_ => Nodes("app1")), Ask(_ => Nodes())]))).Nodes.Select(node => node.Name));
        Assert.Contains("combined, name no node", (await Fails(new CombinedQuery(Combination.Difference, [Ask(_ => Nodes("app1")), Ask(_ => Nodes("app1"))]))).Message);
        Assert.Contains("combined, name no node", (await Fails(new CombinedQuery(Combination.Intersection, [Ask(_ => Nodes("app1")), Ask(_ => Nodes("app2"))]))).Message);
    }

    [Fact]
    public async Task When_one_fails_the_others_are_not_waited_for()
    {
        var slow = new InventoryQuery(new Scripted("slow", async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return Nodes();
        }), new object());
        Assert.Contains("is down", (await Fails(new CombinedQuery(Combination.Union, [slow, Ask(_ => throw new InventoryException("It is down.", null))]))).Message);
    }

    [Fact]
    public async Task What_each_contributed_is_told_in_the_order_of_the_query()
    {
        var hasAnswered = new TaskCompletionSource();
        var slow = new InventoryQuery(new Scripted("slow", async token =>
        {
            await hasAnswered.Task.WaitAsync(token);
            return Nodes("app1", "app2");
        }), new object());
        var quick = Ask(_ =>
        {
            hasAnswered.SetResult();
            return Nodes("app3");
        });
        var found = await FindAsync(new CombinedQuery(Combination.Union, [new CombinedQuery(Combination.Difference, [slow, Ask(_ => Nodes(), "tags:broken")]), quick]));
        Assert.Equal([("slow", 2), ("scripted", 0), ("scripted", 1)], found.Parts.Select(part => (part.Query.Provider.Name, part.Nodes)));
    }

    private Task<FoundNodes> FindAsync(NodeQuery query) =>
        new NodeFinder(Answers, new InventoryOptions(), _database.Time, NullLogger<NodeFinder>.Instance).FindAsync(query, Place, Token);

    private Task<InventoryException> Fails(NodeQuery query) => Assert.ThrowsAsync<InventoryException>(() => FindAsync(query));

    private static InventoryQuery Ask(Func<CancellationToken, IReadOnlyList<InventoryNode>> answer, string query = "role:app") =>
        new(new Scripted("scripted", token => Task.FromResult(answer(token))), new { query });

    private static IReadOnlyList<InventoryNode> Nodes(params string[] names) =>
        [.. names.Select(name => new InventoryNode(name, name, null, null, null, new Dictionary<string, string>(StringComparer.Ordinal)))];

    private sealed class Scripted(string name, Func<CancellationToken, Task<IReadOnlyList<InventoryNode>>> answer) : IInventoryProvider
    {
        public string Name => name;

        public Type OptionsType => typeof(object);

        public async Task<InventoryResult> FindAsync(object options, InventoryContext context, CancellationToken cancellationToken) => new(await answer(cancellationToken));
    }
}
