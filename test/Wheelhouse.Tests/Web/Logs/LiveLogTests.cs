using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Web.Logs;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Web.Logs;

public sealed class LiveLogTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static readonly LogSource One = LogSource.OfRollout("r1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EventLog Log => _database.Services.GetRequiredService<EventLog>();

    private LiveLogs Logs => field ??= new LiveLogs(_database.Services.GetRequiredService<EventReader>());

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task It_reads_all_that_stands_in_the_log_and_grows_with_it()
    {
        for (var i = 0; i < EventReader.PageSize + 20; i++) await Log.AppendAsync(Line("r1", "app1", $"line {i}"), Token);
        await Log.AppendAsync(Line("r2", "app1", "another rollout's"), Token);

        var open = Logs.Open(One);
        await open.Read.WaitAsync(Token);
        Assert.Equal(EventReader.PageSize + 20, open.Lines(part: null, text: null).Count);

        var grown = new TaskCompletionSource();
        open.Grown += () => grown.TrySetResult();
        await Log.AppendAsync(new NewEvent(EventTypes.NodeLog, "one (and 1 more lines)") { Rollout = "r1", Node = "app2", Data = new { Lines = new[] { "one", "Two" } } }, Token);
        await grown.Task.WaitAsync(Token);

        Assert.Equal(["one", "Two"], open.Lines("app2", text: null).Select(line => line.Text));
        Assert.Equal("Two", Assert.Single(open.Lines(part: null, text: "tWO")).Text);
        Logs.Close(One);
    }

    [Fact]
    public async Task Steps_that_begin_are_for_programs_and_not_in_it()
    {
        await Log.AppendAsync(new NewEvent(EventTypes.StepStarted, "stage/app1 begins") { Rollout = "r1" }, Token);

        var open = Logs.Open(One);
        await open.Read.WaitAsync(Token);

        Assert.Empty(open.Lines(part: null, text: null));
        Logs.Close(One);
    }

    [Fact]
    public async Task Two_who_look_share_one_log_and_the_last_to_leave_frees_it()
    {
        var one = Logs.Open(One);
        var other = Logs.Open(One);
        Logs.Close(One);
        await other.Read.WaitAsync(Token);
        Assert.Same(one, other);
        Logs.Close(One);

        Assert.NotSame(one, Logs.Open(One));
        Logs.Close(One);
    }

    [Fact]
    public async Task What_a_build_prints_is_of_the_step_that_began_last()
    {
        foreach (var happened in (NewEvent[])[
            new(EventTypes.BuildStarted, "The build begins"), Step("build"), Printed("a"), Step("test"), Printed("b", "c"), new(EventTypes.BuildTests, "2 tests passed"),
            new(EventTypes.BuildStarted, "The build is begun again"), Step("build"), Printed("d"), new(EventTypes.BuildEnded, "acme 1.0 is built")])
            await Log.AppendAsync(happened with { Build = "b1" }, Token);

        var source = LogSource.OfBuild("b1");
        var open = Logs.Open(source);
        await open.Read.WaitAsync(Token);

        Assert.Equal(["build begins", "a", "build begins", "d"], open.Lines("build", text: null).Select(line => line.Text));
        Assert.Equal(["test begins", "b", "c", "2 tests passed"], open.Lines("test", text: null).Select(line => line.Text));
        Assert.Equal(["The build begins", "The build is begun again", "acme 1.0 is built"], open.Lines(part: null, text: null).Where(line => line.Part is null).Select(line => line.Text));
        Assert.Equal(["a", "b", "c", "d"], open.Lines(part: null, text: null).Where(line => line.IsOutput).Select(line => line.Text));
        Logs.Close(source);
    }

    [Fact]
    public async Task Of_a_very_long_log_the_newest_lines_are_kept()
    {
        const int PerEvent = 20_000;
        var events = LiveLog.MostLines / PerEvent + 2;
        for (var i = 0; i < events; i++) await Log.AppendAsync(Printed([.. Enumerable.Range(i * PerEvent, PerEvent).Select(line => $"{line}")]) with { Build = "b1" }, Token);

        var source = LogSource.OfBuild("b1");
        var open = Logs.Open(source);
        await open.Read.WaitAsync(Token);

        var lines = open.Lines(part: null, text: null);
        Assert.Equal(events * PerEvent, lines.Count + open.LeftOut);
        Assert.InRange(lines.Count, LiveLog.MostLines / 2, LiveLog.MostLines);
        Assert.Equal($"{open.LeftOut}", lines.First().Text);
        Assert.Equal($"{events * PerEvent - 1}", lines.Last().Text);
        Logs.Close(source);
    }

    private static NewEvent Step(string step) => new(EventTypes.BuildStep, $"{step} begins") { Data = new { step } };

    private static NewEvent Printed(params string[] lines) => new(EventTypes.BuildLog, "output") { Data = new { lines } };

    private static NewEvent Line(string rollout, string node, string message) => new(EventTypes.NodeState, message) { Rollout = rollout, Node = node };
}
