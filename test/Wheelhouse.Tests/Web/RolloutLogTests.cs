using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Web.Rollouts;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Web;

public sealed class RolloutLogTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EventLog Log => _database.Services.GetRequiredService<EventLog>();

    private RolloutLogs Logs => field ??= new RolloutLogs(_database.Services.GetRequiredService<EventReader>());

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task It_reads_all_that_stands_in_the_log_and_grows_with_it()
    {
        for (var i = 0; i < EventReader.PageSize + 20; i++) await Log.AppendAsync(Line("r1", "app1", $"line {i}"), Token);
        await Log.AppendAsync(Line("r2", "app1", "another rollout's"), Token);

        var open = Logs.Open("r1");
        await open.Read.WaitAsync(Token);
        Assert.Equal(EventReader.PageSize + 20, open.Lines(node: null, text: null).Count);

        var grown = new TaskCompletionSource();
        open.Grown += () => grown.TrySetResult();
        await Log.AppendAsync(new NewEvent(EventTypes.NodeLog, "one (and 1 more lines)") { Rollout = "r1", Node = "app2", Data = new { Lines = new[] { "one", "Two" } } }, Token);
        await grown.Task.WaitAsync(Token);

        Assert.Equal(["one", "Two"], open.Lines("app2", text: null).Select(line => line.Text));
        Assert.Equal("Two", Assert.Single(open.Lines(node: null, text: "tWO")).Text);
        Logs.Close("r1");
    }

    [Fact]
    public async Task Steps_that_begin_are_for_programs_and_not_in_it()
    {
        await Log.AppendAsync(new NewEvent(EventTypes.StepStarted, "stage/app1 begins") { Rollout = "r1" }, Token);

        var open = Logs.Open("r1");
        await open.Read.WaitAsync(Token);

        Assert.Empty(open.Lines(node: null, text: null));
        Logs.Close("r1");
    }

    [Fact]
    public async Task Two_who_look_share_one_log_and_the_last_to_leave_frees_it()
    {
        var one = Logs.Open("r1");
        var other = Logs.Open("r1");
        Logs.Close("r1");
        await other.Read.WaitAsync(Token);
        Assert.Same(one, other);
        Logs.Close("r1");

        Assert.NotSame(one, Logs.Open("r1"));
        Logs.Close("r1");
    }

    private static NewEvent Line(string rollout, string node, string message) => new(EventTypes.NodeState, message) { Rollout = rollout, Node = node };
}
