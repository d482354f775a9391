using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications.Channels;

/// <summary>Two people who change a channel, secrets that it names, and questions about what it told.</summary>
public sealed class ChannelCatalogTests : IAsyncLifetime
{
    private const string Chat = "channel: chat\nrecording: {}\n";
    private const string Hook = "channel: hook\nwebhook:\n  url: http://127.0.0.1:9/\n  secret: secret:ops-hook\n";

    private readonly RecordingNotifier _notifier = new();
    private NotificationsDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await NotificationsDatabase.StartAsync(services => services.AddSingleton<INotifier>(_notifier), Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_somebody_else_applied_meanwhile_is_not_overwritten_unseen()
    {
        await _database.ApplyAsync(Chat, Token);
        var mine = await _database.Channels.ReadAsync(Chat + "# mine\n", Token);
        await _database.Channels.ApplyAsync(await _database.Channels.ReadAsync(Chat + "# theirs\n", Token), "bob", Token, basis: 1);

        var refused = await Assert.ThrowsAsync<ApiException>(() => _database.Channels.ApplyAsync(mine, "ann", Token, basis: 1));

        Assert.Equal((409, "bob applied revision 2 of the channel 'chat' meanwhile."), (refused.Status, refused.Message));
        Assert.Equal(3, Assert.Single(await _database.Channels.ApplyAsync(mine, "ann", Token, basis: 2)).Revision);
        refused = await Assert.ThrowsAsync<ApiException>(() => _database.Channels.ApplyAsync(mine, "ann", Token, basis: 0)); // a new one of a name that is taken
        Assert.Equal(409, refused.Status);
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_told_with_its_own_line()
    {
        await _database.Secrets.SetAsync("ops-hook", "whsec_c2VjcmV0", "ann", Token);
        var refused = await Assert.ThrowsAsync<ApiException>(() => _database.ApplyAsync(Hook + "---\nchannel: other\nwebhook:\n  url: http://127.0.0.1:9/\n  secret: secret:ops\n", Token));
        Assert.Equal((9, "There is no secret 'ops'."), Assert.Single(refused.Errors!) is var error ? (error.Line, error.Message) : default);
    }

    [Fact]
    public async Task A_corrected_secret_is_tried_at_once()
    {
        await _database.Secrets.SetAsync("ops-hook", "whsec_c2VjcmV0", "ann", Token);
        await _database.ApplyAsync(Hook, Token);
        await _database.RecordRolloutAsync("r1", RolloutStates.Succeeded);
        var queue = _database.Queue("hook");
        Assert.NotNull(await queue.DrainAsync(Token)); // nobody listens there
        await queue.DrainAsync(Token);
        Assert.Equal(1, Assert.Single(await _database.ListAsync("hook", Token)).Attempts);

        await _database.Secrets.SetAsync("other", "1", "ann", Token);
        await queue.DrainAsync(Token);
        Assert.Equal(1, Assert.Single(await _database.ListAsync("hook", Token)).Attempts);
        await _database.Secrets.SetAsync("ops-hook", "whsec_b3RoZXI=", "ann", Token);
        await queue.DrainAsync(Token);
        Assert.Equal(2, Assert.Single(await _database.ListAsync("hook", Token)).Attempts);
    }

    [Fact]
    public async Task Questions_about_what_is_not_there_are_refused()
    {
        var state = await Assert.ThrowsAsync<ApiException>(() => _database.Deliveries.ListAsync("chat", "lost", rollout: null, before: null, Token));
        Assert.Equal((400, "Ask for sent, waiting, dead, resend."), (state.Status, state.Fix));
        Assert.Equal(404, (await Assert.ThrowsAsync<ApiException>(() => _database.Deliveries.ListAsync("chat", "dead", rollout: null, before: null, Token))).Status);
    }
}
