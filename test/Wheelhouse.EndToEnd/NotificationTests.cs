using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd;

/// <summary>Three channels are told of rollouts: in order, each once, signed, and also what happened while a receiver was away and the server was killed.</summary>
public sealed class NotificationTests : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(24);

    private readonly TempFolder _mail = new("wh-mail");
    private readonly int _smtpPort = FreePort.Take();
    private HttpReceiver _hooks = null!;
    private HttpReceiver _slack = null!;
    private ChildProcess _smtp = null!;
    private int _posts;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hooks = await HttpReceiver.StartAsync();
        _slack = await HttpReceiver.StartAsync();
        _slack.Answer = (_, http) =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync($$"""{"ok": true, "channel": "C0DEPLOYS", "ts": "{{Interlocked.Increment(ref _posts)}}.000100"}""");
        };
        _smtp = ChildProcess.Start("/usr/bin/python3", ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{_smtpPort}", "-c", "aiosmtpd.handlers.Mailbox", _mail["box"]]);
        await Eventually.TrueAsync(ListensAsync, "the mail server", Within, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        await _hooks.DisposeAsync();
        await _slack.DisposeAsync();
        _mail.Dispose();
    }

    [Fact]
    public async Task Three_channels_are_told_and_one_that_was_away_catches_up_after_a_restart()
    {
        await using var lab = await Lab.StartAsync(nodes: 2, Token, service: null, "1.0.0", "1.1.0");
        await lab.PublishAsync("1.2.0", Token, Broken.Health);
        await lab.Server.Client.SetSecretAsync("hook", $"whsec_{Convert.ToBase64String(Key)}", Token);
        await lab.Server.Client.SetSecretAsync("bot", "xoxb-a-token-that-no-log-shows", Token);
        await lab.Cli.CheckAsync(Token, "channels", "apply", "-f", lab.Folder.Write("channels.yaml", Channels()));
        Assert.Contains("took it", await lab.Cli.CheckAsync(Token, "channels", "test", "hooks"), StringComparison.Ordinal);

        await lab.DeployedAsync("1.0.0", Token);
        await ToldAsync(hooks: 2, mails: 2, posts: 1, ends: 1);

        await _hooks.GoAwayAsync();
        await lab.DeployedAsync("1.1.0", Token);
        Assert.Equal(4, (await lab.DeployAsync("1.2.0", Token)).ExitCode);
        await ToldAsync(hooks: 2, mails: 6, posts: 3, ends: 3);
        await Eventually.TrueAsync(
            async () => (await lab.Server.Client.GetChannelAsync("hooks", Token)).Waiting is { State: DeliveryStates.Waiting }, "the channel to wait for its receiver", Within, Token);

        await lab.Server.KillAsync();
        await _hooks.ComeBackAsync();
        await lab.Server.StartAsync(Token);
        await ToldAsync(hooks: 6, mails: 6, posts: 3, ends: 3);

        AssertHooks();
        AssertMails();
        AssertSlack();
        foreach (var channel in (string[])["hooks", "mail", "chat"])
        {
            var deliveries = await lab.Server.Client.ListDeliveriesAsync(channel, state: null, Token);
            Assert.Equal(6, deliveries.Count);
            Assert.All(deliveries, delivery => Assert.Equal(DeliveryStates.Sent, delivery.State));
        }

        Assert.DoesNotContain("xoxb-a-token", lab.Server.Log, StringComparison.Ordinal);
    }

    private void AssertHooks()
    {
        var told = Hooks();
        Assert.Equal(
            [("rollout.started", "1.0.0"), ("rollout.succeeded", "1.0.0"), ("rollout.started", "1.1.0"), ("rollout.succeeded", "1.1.0"), ("rollout.started", "1.2.0"), ("rollout.reverted", "1.2.0")],
            told.Select(request => (request.Json.GetProperty("type").GetString(), request.Json.GetProperty("data").GetProperty("rollout").GetProperty("version").GetString())));
        Assert.Equal(6, told.Select(request => request.Headers["webhook-id"]).Distinct().Count());
        Assert.All(told, request =>
        {
            var signed = Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Text}");
            Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key, signed))}", request.Headers["webhook-signature"]);
        });
        var last = told[^1].Json.GetProperty("data").GetProperty("rollout");
        Assert.Equal(("1.1.0", RolloutStates.Reverted, "admin"), (last.GetProperty("from").GetString(), last.GetProperty("state").GetString(), last.GetProperty("by").GetString()));
        Assert.Contains("no database", last.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private void AssertMails()
    {
        var mails = Mails();
        Assert.Equal(6, mails.Count);
        Assert.All(mails, mail => Assert.Contains("To: team@example.com", mail, StringComparison.Ordinal));
        Assert.Equal(6, mails.Select(mail => mail.Split('\n').Single(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))).Distinct().Count());
        // An end answers its beginning, so that a rollout is one thread.
        Assert.Equal(3, mails.Count(mail => mail.Contains("\nIn-Reply-To:", StringComparison.OrdinalIgnoreCase)));
    }

    private void AssertSlack()
    {
        var posts = Posts();
        Assert.All(_slack.Requests, request => Assert.Equal("Bearer xoxb-a-token-that-no-log-shows", request.Headers["Authorization"]));
        Assert.Equal(3, posts.Count(post => !post.Json.TryGetProperty("thread_ts", out _)));
        // What failed is also said aloud, in the thread of the message that was replaced.
        Assert.Single(posts, post => post.Json.TryGetProperty("thread_ts", out _));
        foreach (var (version, result) in ((string, string)[])[("1.0.0", "runs"), ("1.1.0", "runs"), ("1.2.0", "taken back")])
            Assert.Contains(Updates(), update => update.Text.Contains(version, StringComparison.Ordinal) && update.Text.Contains(result, StringComparison.Ordinal));
    }

    /// <summary>Waits until every channel has told so much, and finds that none told more.</summary>
    private async Task ToldAsync(int hooks, int mails, int posts, int ends)
    {
        var what = $"{hooks} hooks, {mails} mails, {posts} posts and {ends} ends";
        await Eventually.TrueAsync(() => Hooks().Count >= hooks && Mails().Count >= mails && Started().Count() >= posts && Ends() >= ends, what, Within, Token);
        Assert.Equal((hooks, mails, posts, ends), (Hooks().Count, Mails().Count, Started().Count(), Ends()));
    }

    private List<ReceivedRequest> Hooks() => [.. _hooks.Requests.Where(request => !request.Headers["webhook-id"].Contains("_test_", StringComparison.Ordinal))];

    private List<string> Mails() => Directory.Exists(_mail["box/new"])
        ? [.. Directory.GetFiles(_mail["box/new"]).Select(File.ReadAllText)]
        : [];

    private List<ReceivedRequest> Posts() => [.. _slack.Requests.Where(request => request.Target.EndsWith("/chat.postMessage", StringComparison.Ordinal))];

    private IEnumerable<ReceivedRequest> Started() => Posts().Where(post => !post.Json.TryGetProperty("thread_ts", out _));

    private List<ReceivedRequest> Updates() => [.. _slack.Requests.Where(request => request.Target.EndsWith("/chat.update", StringComparison.Ordinal))];

    private int Ends() => Updates().Where(update => update.Text.Contains(" runs in ", StringComparison.Ordinal) || update.Text.Contains("taken back", StringComparison.Ordinal))
        .Select(update => update.Json.GetProperty("ts").GetString()).Distinct().Count();

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _smtpPort, Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Channels() => string.Create(CultureInfo.InvariantCulture, $$"""
        channel: hooks
        webhook: { url: "{{_hooks.Url}}/in", secret: secret:hook }
        ---
        channel: mail
        email: { host: 127.0.0.1, port: {{_smtpPort}}, tls: none, from: wheelhouse@example.com, to: [team@example.com] }
        ---
        channel: chat
        slack: { token: secret:bot, conversation: "#deploys", api: "{{_slack.Url}}/api" }

        """);
}
