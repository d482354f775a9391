using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

public sealed class ChannelQueueTests : IAsyncLifetime
{
    private const string Chat = "channel: chat\nrecording: {}\n";

    private readonly RecordingNotifier _notifier = new();
    private NotificationsDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await NotificationsDatabase.StartAsync(services => services.AddSingleton<INotifier>(_notifier), Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task It_tells_beginnings_and_ends_in_the_order_of_the_log_and_each_once()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        await _database.RecordAsync(EventTypes.HoldPlaced, "Held");
        await _database.RecordRolloutAsync("r2", RolloutStates.Failed);
        Assert.Null(await _database.Queue("chat").DrainAsync(Token));
        Assert.Null(await _database.Queue("chat").DrainAsync(Token)); // As after a restart
        Assert.Equal(["rollout.started", "rollout.succeeded", "rollout.started", "rollout.failed"], _notifier.Events);
        Assert.Equal(["r1", "r1", "r2", "r2"], _notifier.Calls.Select(call => call.Notification.Rollout!.Id));
        Assert.Equal(4, _notifier.Calls.Select(call => call.Notification.Id).Distinct().Count());
        Assert.All(await _database.ListAsync("chat", Token), delivery => Assert.Equal((DeliveryStates.Sent, 1), (delivery.State, delivery.Attempts)));
    }

    [Fact]
    public async Task What_happened_before_there_was_a_channel_is_not_told()
    {
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        await _database.ApplyAsync(Chat, Token);
        await _database.Queue("chat").DrainAsync(Token);
        Assert.Empty(_notifier.Calls);
    }

    [Fact]
    public async Task A_plan_is_not_told()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordAsync(EventTypes.RolloutRequested, "ann plans", new { kind = "deploy", version = "2", by = "ann", planOnly = true }, "r1");
        await _database.RecordAsync(EventTypes.RolloutStarted, "begins", new { kind = "deploy", version = "2", by = "ann", planOnly = true }, "r1");
        await _database.RecordAsync(EventTypes.RolloutEnded, "ends", new { state = "planned", kind = "deploy", version = "2", by = "ann", planOnly = true }, "r1");
        await _database.Queue("chat").DrainAsync(Token);
        Assert.Empty(_notifier.Calls);
    }

    [Fact]
    public async Task Builds_that_end_well_or_fail_are_told_to_who_asks_for_it_and_those_of_working_trees_never()
    {
        await _database.ApplyAsync(Chat + "send:\n  - events: [\"build.*\"]\n", Token);
        foreach (var state in (string[])[BuildStates.Succeeded, BuildStates.Failed, BuildStates.Skipped, BuildStates.Superseded, BuildStates.Cancelled])
        {
            await EndAsync(state, BuildTriggers.Push);
            await EndAsync(state, BuildTriggers.WorkingTree);
        }

        await _database.Queue("chat").DrainAsync(Token);
        Assert.Equal([NotificationEvents.BuildSucceeded, NotificationEvents.BuildFailed], _notifier.Events);
        var failed = _notifier.Calls[^1].Notification;
        Assert.Equal((Severity.Error, "The build of acme 1.0 failed", "By ann in 2.5 s\nNo."), (failed.Severity, failed.Title, failed.Text));
        Assert.Equal("https://deploy.example/builds/b-failed", failed.Link.AbsoluteUri);

        Task EndAsync(string state, string trigger) => _database.Get<EventLog>().AppendAsync(new NewEvent(EventTypes.BuildEnded, "It ended")
        {
            Build = "b-" + state,
            Data = new { project = "acme", version = "1.0", by = "ann", state, trigger, seconds = 2.5, error = state == BuildStates.Failed ? "No." : null },
        });
    }

    [Fact]
    public async Task All_waits_behind_what_failed_and_then_follows_in_order()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        var down = true;
        _notifier.Act = _ => down ? throw new NotifierException("The receiver is away.", "Wait.") : null;
        var queue = _database.Queue("chat");
        var next = await queue.DrainAsync(Token);
        Assert.NotNull(next);
        Assert.InRange(next.Value - _database.Time.GetUtcNow(), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.Equal(next, await queue.DrainAsync(Token)); // Not yet
        var waiting = Assert.Single(await _database.ListAsync("chat", Token));
        Assert.Equal((DeliveryStates.Waiting, 1, "The receiver is away.", "Wait."), (waiting.State, waiting.Attempts, waiting.Error, waiting.Fix));

        for (var i = 0; i < 3; i++)
        {
            _database.Time.Advance(TimeSpan.FromMinutes(6));
            Assert.NotNull(await _database.Queue("chat").DrainAsync(Token)); // As after a restart, too
        }

        await _database.RecordRolloutAsync("r2", RolloutStates.Failed);
        down = false;
        _database.Time.Advance(TimeSpan.FromMinutes(6));
        _notifier.Calls.Clear();
        Assert.Null(await queue.DrainAsync(Token));
        Assert.Equal(["rollout.started", "rollout.succeeded", "rollout.started", "rollout.failed"], _notifier.Events);
        var all = await _database.ListAsync("chat", Token);
        Assert.Equal((DeliveryStates.Sent, 5, null), (all[0].State, all[0].Attempts, all[0].Error));
    }

    [Fact]
    public async Task What_the_receiver_refuses_is_set_aside_and_can_be_sent_again()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = notification => notification.Event == NotificationEvents.Started ? throw new NotifierException("Too long.", fix: null) { IsRefused = true } : null;
        var queue = _database.Queue("chat");
        Assert.Null(await queue.DrainAsync(Token));
        var (dead, sent) = ((await _database.ListAsync("chat", Token))[0], (await _database.ListAsync("chat", Token))[1]);
        Assert.Equal((DeliveryStates.Dead, DeliveryStates.Sent), (dead.State, sent.State));

        await _database.Deliveries.ResendAsync("chat", dead.Id, "ann", Token);
        Assert.Null(await queue.DrainAsync(Token)); // Refused again: set aside at once
        Assert.Equal((DeliveryStates.Dead, 2), Find(await _database.ListAsync("chat", Token), dead.Id));

        _notifier.Act = _ => null;
        Assert.Equal(1, await _database.Deliveries.ResendDeadAsync("chat", "ann", Token));
        Assert.Null(await queue.DrainAsync(Token));
        Assert.Equal((DeliveryStates.Sent, 3), Find(await _database.ListAsync("chat", Token), dead.Id));
        Assert.Single(_notifier.Calls.Select(call => call.Notification).Where(one => one.Event == NotificationEvents.Started).Select(one => one.Id).Distinct());
        await Assert.ThrowsAsync<Wheelhouse.Server.Hosting.Http.ApiException>(() => _database.Deliveries.ResendAsync("chat", dead.Id, "ann", Token));
    }

    [Fact]
    public async Task What_failed_for_too_long_is_set_aside()
    {
        await _database.ApplyAsync(Chat + "give_up_after: 1h\n", Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = notification => notification.Event == NotificationEvents.Started ? throw new NotifierException("Away.", fix: null) : null;
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        _database.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await queue.DrainAsync(Token));
        _database.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await queue.DrainAsync(Token));
        Assert.Equal([DeliveryStates.Dead, DeliveryStates.Sent], (await _database.ListAsync("chat", Token)).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task A_person_can_set_aside_what_waits_or_have_it_tried_at_once()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = _ => throw new NotifierException("Away.", fix: null) { RetryAfter = TimeSpan.FromMinutes(30) };
        var queue = _database.Queue("chat");
        Assert.Equal(_database.Time.GetUtcNow().AddMinutes(30), await queue.DrainAsync(Token));
        var waiting = Assert.Single(await _database.ListAsync("chat", Token));
        await _database.Deliveries.ResendAsync("chat", waiting.Id, "ann", Token);
        await queue.DrainAsync(Token);
        Assert.Equal((DeliveryStates.Waiting, 2), Find(await _database.ListAsync("chat", Token), waiting.Id));

        await _database.Deliveries.SetAsideAsync("chat", waiting.Id, "ann", Token);
        _notifier.Act = _ => null;
        Assert.Null(await queue.DrainAsync(Token));
        Assert.Equal([DeliveryStates.Dead, DeliveryStates.Sent], (await _database.ListAsync("chat", Token)).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task Two_set_aside_one_after_the_other_leave_the_third_its_patience()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        await _database.BeginRolloutAsync("r2");
        _notifier.Act = _ => throw new NotifierException("Away.", fix: null);
        var queue = _database.Queue("chat");
        for (var i = 0; i < 2; i++)
        {
            await queue.DrainAsync(Token);
            var waiting = Assert.Single(await _database.ListAsync("chat", Token), delivery => delivery.State == DeliveryStates.Waiting);
            await _database.Deliveries.SetAsideAsync("chat", waiting.Id, "ann", Token);
        }

        var next = await queue.DrainAsync(Token);
        Assert.Equal(next, await queue.DrainAsync(Token));
        Assert.Equal(3, _notifier.Calls.Count);
        _notifier.Act = _ => null;
        _database.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _database.Queue("chat").DrainAsync(Token)); // As after a restart
        Assert.Equal([DeliveryStates.Dead, DeliveryStates.Dead, DeliveryStates.Sent], (await _database.ListAsync("chat", Token)).Select(delivery => delivery.State));
        Assert.Equal(4, _notifier.Calls.Count);
    }

    [Fact]
    public async Task What_waits_and_is_not_asked_for_any_more_is_set_aside()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = _ => throw new NotifierException("Away.", fix: null);
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        await _database.ApplyAsync(Chat + "send: [{ events: [rollout.succeeded] }]\n", Token);
        Assert.NotNull(await queue.DrainAsync(Token));
        Assert.Equal([DeliveryStates.Dead, DeliveryStates.Waiting], (await _database.ListAsync("chat", Token)).Select(delivery => delivery.State));
        Assert.Equal("rollout.succeeded", Assert.Single(await _database.Channels.ListAsync(Token)).Waiting?.Event);
    }

    [Fact]
    public async Task What_a_person_sets_aside_during_an_attempt_stays_so()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = _ => throw new NotifierException("Away.", fix: null);
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        var waiting = Assert.Single(await _database.ListAsync("chat", Token));
        _notifier.Act = _ =>
        {
            _notifier.Act = _ => null;
            _database.Deliveries.SetAsideAsync("chat", waiting.Id, "ann", Token).GetAwaiter().GetResult();
            throw new NotifierException("Away.", fix: null);
        };
        _database.Time.Advance(TimeSpan.FromMinutes(1));
        await queue.DrainAsync(Token);
        Assert.Null(await queue.DrainAsync(Token));
        Assert.Equal([DeliveryStates.Dead, DeliveryStates.Sent], (await _database.ListAsync("chat", Token)).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task A_wider_document_tells_nothing_of_before_also_after_a_restart()
    {
        await _database.ApplyAsync(Chat + "send: [{ services: [other] }]\n", Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        await _database.ApplyAsync(Chat, Token);
        await queue.DrainAsync(Token);
        await _database.Queue("chat").DrainAsync(Token);
        Assert.Empty(_notifier.Calls);
    }

    [Fact]
    public async Task A_template_that_fails_on_real_values_gives_way_to_the_usual_words()
    {
        await _database.ApplyAsync(Chat + "templates: { rollout.started: { title: \"{{ nodes_done | times: 100 | divided_by: nodes }}%\" } }\n", Token);
        await _database.BeginRolloutAsync("r1");
        Assert.Null(await _database.Queue("chat").DrainAsync(Token));
        Assert.Equal("Deploying billing 1.4.2 → 1.5.0 in production", Assert.Single(_notifier.Calls).Notification.Title);
    }

    [Fact]
    public async Task A_corrected_document_is_tried_at_once()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = _ => throw new NotifierException("Away.", fix: null);
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        await _database.ApplyAsync("channel: chat\nrecording: { loud: true }\n", Token);
        _notifier.Act = _ => null;
        Assert.Null(await queue.DrainAsync(Token));
        Assert.Equal(3, _notifier.Calls.Count);
    }

    [Fact]
    public async Task A_bug_of_a_notifier_is_a_failed_attempt()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        _notifier.Act = _ => throw new InvalidOperationException("secret inside");
        Assert.NotNull(await _database.Queue("chat").DrainAsync(Token));
        var delivery = Assert.Single(await _database.ListAsync("chat", Token));
        Assert.Contains("unexpected", delivery.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", delivery.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_replaced_while_the_rollout_runs_by_its_reference_and_not_too_often()
    {
        _notifier.Replaces = true;
        _notifier.Act = notification => notification.Event == NotificationEvents.Started ? $"ref-{notification.Rollout!.Id}" : null;
        await _database.ApplyAsync(Chat, Token);
        await _database.BeginRolloutAsync("r1");
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        for (var i = 1; i <= 3; i++)
            await _database.RecordAsync(EventTypes.NodeState, $"app{i} is good", new { state = "good" }, "r1", node: $"app{i}");
        Assert.Null(await queue.DrainAsync(Token));
        var progress = _notifier.Calls[^1];
        Assert.Equal((NotificationEvents.Progress, "ref-r1", 3, 3), (progress.Notification.Event, progress.Earlier, progress.Notification.Rollout!.Nodes, progress.Notification.Rollout.NodesDone));
        Assert.Equal(2, _notifier.Calls.Count);

        await _database.RecordAsync(EventTypes.RolloutBatch, "Batch 2: app4", rollout: "r1");
        Assert.Equal(_database.Time.GetUtcNow().AddSeconds(2), await queue.DrainAsync(Token));
        await _database.EndRolloutAsync("r1", RolloutStates.Succeeded);
        Assert.Null(await queue.DrainAsync(Token)); // The end does not wait for the progress before it
        Assert.Equal(["rollout.started", "rollout.progress", "rollout.succeeded"], _notifier.Events);
        Assert.Equal("ref-r1", _notifier.Calls[^1].Earlier);
        Assert.Equal(2, (await _database.ListAsync("chat", Token)).Count);
    }

    [Fact]
    public async Task What_is_sent_again_replaces_nothing()
    {
        _notifier.Replaces = true;
        _notifier.Act = notification => notification.Event == NotificationEvents.Paused ? throw new NotifierException("Too long.", fix: null) { IsRefused = true } : "ref";
        await _database.ApplyAsync(Chat, Token);
        await _database.BeginRolloutAsync("r1");
        await _database.RecordAsync(EventTypes.RolloutPaused, "It waits", new { error = "app2: no answer" }, "r1");
        await _database.EndRolloutAsync("r1", RolloutStates.Failed);
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        Assert.Equal("ref", _notifier.Calls[^1].Earlier);
        await _database.Deliveries.ResendDeadAsync("chat", "ann", Token);
        await queue.DrainAsync(Token);
        Assert.Equal((NotificationEvents.Paused, (string?)null), (_notifier.Calls[^1].Notification.Event, _notifier.Calls[^1].Earlier));
    }

    [Fact]
    public async Task Progress_that_fails_is_left_out()
    {
        _notifier.Replaces = true;
        _notifier.Act = notification => notification.Event == NotificationEvents.Progress ? throw new NotifierException("Away.", fix: null) : "ref";
        await _database.ApplyAsync(Chat, Token);
        await _database.BeginRolloutAsync("r1");
        await _database.Queue("chat").DrainAsync(Token);
        await _database.RecordAsync(EventTypes.RolloutBatch, "Batch 1: app1", rollout: "r1");
        Assert.Null(await _database.Queue("chat").DrainAsync(Token));
        Assert.Equal(DeliveryStates.Sent, Assert.Single(await _database.ListAsync("chat", Token)).State);
    }

    [Fact]
    public async Task A_busy_log_without_anything_to_tell_is_passed_and_not_read_again_after_a_restart()
    {
        await _database.ApplyAsync(Chat, Token);
        await Task.WhenAll(Enumerable.Range(0, 2_100).Select(i => _database.RecordAsync(EventTypes.NodeLog, $"line {i}")));
        await _database.Queue("chat").DrainAsync(Token);
        Assert.True(await _database.CursorAsync("chat", Token) >= 2_100);
    }

    [Fact]
    public async Task A_deleted_channel_is_gone()
    {
        await _database.ApplyAsync(Chat, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        var queue = _database.Queue("chat");
        await queue.DrainAsync(Token);
        await _database.Channels.DeleteAsync("chat", "ann", Token);
        await queue.DrainAsync(Token);
        Assert.True(queue.IsGone);
        Assert.Empty(await _database.Deliveries.ListAsync(channel: null, state: null, rollout: null, before: null, Token));
    }

    private static (string State, int Attempts) Find(IEnumerable<DeliveryView> deliveries, long id) =>
        deliveries.Where(delivery => delivery.Id == id).Select(delivery => (delivery.State, delivery.Attempts)).Single();
}
