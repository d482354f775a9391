using Microsoft.AspNetCore.Http;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Mattermost by the REST API, of which the receiver is a small imitation.</summary>
public sealed class MattermostBotTests : HttpNotifierContract
{
    private const string ChannelId = "4yzdcghnt7fmxyq6eupqdk7ugr";
    private const string First = "8xkqy3bpnbyhmxb3ghjpuh6dy1";

    private int _posts;

    protected override string Name => "mattermost";

    protected override string Options => $"{{ server: '{Receiver.Url}/', token: secret:mattermost-bot, channel_id: {ChannelId} }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["mattermost-bot"] = Secret };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver.Answer = (request, http) =>
        {
            http.Response.StatusCode = request.Method == "POST" ? 201 : 200;
            return http.Response.WriteAsync($$"""{ "id": "{{First[..^1]}}{{(request.Method == "POST" ? Interlocked.Increment(ref _posts) : 1)}}", "channel_id": "{{ChannelId}}" }""");
        };
    }

    [Fact]
    public async Task One_message_is_replaced_until_the_end_and_a_failure_is_heard()
    {
        Assert.True(Notifier.CanReplace(Bind(Options)));
        Assert.Equal(First, await SendAsync(Example(NotificationEvents.Started)));
        Assert.Equal(First, await SendAsync(Example(NotificationEvents.Progress), First));
        Assert.Equal(First, await SendAsync(Example(NotificationEvents.Failed), First));

        Assert.Equal(
            [("POST", "/api/v4/posts"), ("PUT", $"/api/v4/posts/{First}/patch"), ("PUT", $"/api/v4/posts/{First}/patch"), ("POST", "/api/v4/posts")],
            Receiver.Requests.Select(request => (request.Method, request.Target)));
        Assert.All(Receiver.Requests, request => Assert.Equal($"Bearer {Secret}", request.Headers["Authorization"]));
        var started = Receiver.Requests[0].Json;
        Assert.Equal((ChannelId, ""), (started.GetProperty("channel_id").GetString(), started.GetProperty("message").GetString()));
        AssertJson.Equal("""
            {
              "props": {
                "attachments": [{
                  "fallback": "🚀 Deploying billing 1.4.2 → 1.5.0 in production\nBy ann in 1 min 32 s: Invoices in euros\n1 of 3 nodes done\nBatch 2: app2",
                  "color": "#1565c0",
                  "title": "🚀 Deploying billing 1.4.2 → 1.5.0 in production",
                  "title_link": "https://deploy.example/rollouts/01JEXAMPLE",
                  "text": "By ann in 1 min 32 s: Invoices in euros\n1 of 3 nodes done\nBatch 2: app2\n\n[Open](https://deploy.example/rollouts/01JEXAMPLE) · [Revert](https://deploy.example/services/billing/production?ask=revert)",
                  "fields": [
                    { "title": "Service", "value": "billing", "short": true },
                    { "title": "Environment", "value": "production", "short": true },
                    { "title": "Version", "value": "1.4.2 → 1.5.0", "short": true },
                    { "title": "Result", "value": "Running, 1 of 3 nodes", "short": true },
                    { "title": "By", "value": "ann", "short": true },
                    { "title": "Took", "value": "1 min 32 s", "short": true },
                    { "title": "When", "value": "2026-03-02 09:30 UTC", "short": true }]
                }]
              }
            }
            """, Receiver.Requests[1].Text);
        var heard = Receiver.Requests[3].Json.GetProperty("props").GetProperty("attachments")[0];
        Assert.StartsWith("❌ The deploy of billing", heard.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.False(heard.TryGetProperty("fields", out _));
    }

    [Fact]
    public async Task A_success_makes_no_sound()
    {
        await SendAsync(Example(NotificationEvents.Succeeded), First);
        Assert.Equal("PUT", Assert.Single(Receiver.Requests).Method);
    }

    [Theory]
    [InlineData(400, "api.post.update_post.permissions_time_limit.app_error")]
    [InlineData(403, "api.context.permissions.app_error")]
    [InlineData(404, "app.post.get.app_error")]
    public async Task What_cannot_be_replaced_is_posted_anew_but_not_to_say_how_far_it_is(int status, string error)
    {
        var answer = Receiver.Answer;
        Receiver.Answer = (request, http) =>
        {
            if (request.Method == "POST") return answer(request, http);
            http.Response.StatusCode = status;
            return http.Response.WriteAsync($$"""{ "id": "{{error}}" }""");
        };
        const string Old = "zzzzzzzzzzzzzzzzzzzzzzzzzz";
        Assert.Equal(Old, await SendAsync(Example(NotificationEvents.Progress), Old));
        Assert.Equal(First, await SendAsync(Example(NotificationEvents.Failed), Old));
        Assert.Equal(["PUT", "PUT", "POST"], Receiver.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_server_that_is_away_is_no_reason_to_post_anew()
    {
        Receiver.Say(503, "starting");
        await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed), First));
        Assert.Equal("PUT", Assert.Single(Receiver.Requests).Method);
    }

    [Fact]
    public async Task A_reference_of_another_notifier_is_none()
    {
        Assert.Equal(First, await SendAsync(Example(NotificationEvents.Succeeded), "C0123 1772443800.000001"));
        Assert.Equal("POST", Assert.Single(Receiver.Requests).Method);
    }

    [Theory]
    [InlineData(401, "wheelhouse secrets set mattermost-bot")]
    [InlineData(403, "Add the bot account")]
    [InlineData(404, "Correct 'server'")]
    public async Task A_status_says_what_to_do(int status, string fix)
    {
        Receiver.Say(status, "{}");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.Contains(fix, flaw.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>welcome</html>")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task An_answer_that_is_not_mattermosts_is_a_failure(string answer)
    {
        Receiver.Say(200, answer);
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.Contains("did not answer as Mattermost does", flaw.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("tök-lines")]
    public async Task A_secret_that_can_be_no_token_is_told_and_not_shown(string secret)
    {
        await SetSecretAsync("mattermost-bot", secret);
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.Contains("'mattermost-bot' is no token or key", flaw.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lines", flaw.ToString().Replace("line breaks", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
