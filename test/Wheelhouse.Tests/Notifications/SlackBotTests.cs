using Microsoft.AspNetCore.Http;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Slack by the Web API, of which the receiver is a small imitation.</summary>
public sealed class SlackBotTests : HttpNotifierContract
{
    private int _posts;

    protected override string Name => "slack";

    protected override string Options => $"{{ token: secret:slack-bot, conversation: '#deploys', api: '{Receiver.Url}/api/' }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["slack-bot"] = Secret };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver.Answer = (request, http) => http.Response.WriteAsync(request.Target switch
        {
            "/api/chat.postMessage" => $$"""{ "ok": true, "channel": "C0123", "ts": "1772443800.00000{{Interlocked.Increment(ref _posts)}}", "message": {} }""",
            "/api/chat.update" => """{ "ok": true, "channel": "C0123", "ts": "1772443800.000001", "text": "" }""",
            _ => """{ "ok": false, "error": "unknown_method" }""",
        });
    }

    [Fact]
    public async Task One_message_is_replaced_until_the_end_and_a_failure_is_heard()
    {
        Assert.True(Notifier.CanReplace(Bind(Options)));
        var reference = await SendAsync(Example(NotificationEvents.Started));
        Assert.Equal("C0123 1772443800.000001", reference);
        Assert.Equal(reference, await SendAsync(Example(NotificationEvents.Progress), reference));
        Assert.Equal(reference, await SendAsync(Example(NotificationEvents.Failed), reference));

        Assert.Equal(["/api/chat.postMessage", "/api/chat.update", "/api/chat.update", "/api/chat.postMessage"], Receiver.Requests.Select(request => request.Target));
        Assert.All(Receiver.Requests, request => Assert.Equal($"Bearer {Secret}", request.Headers["Authorization"]));
        Assert.Equal("#deploys", Receiver.Requests[0].Json.GetProperty("channel").GetString());
        Assert.Equal(
            "🚀 Deploying billing 1.4.2 → 1.5.0 in production\nBy ann in 1 min 32 s: Invoices in euros\n1 of 3 nodes done\nBatch 2: app2", Receiver.Requests[1].Json.GetProperty("text").GetString());
        Assert.All(Receiver.Requests.Skip(1).Take(2), request => Assert.Equal(
            ("C0123", "1772443800.000001"), (request.Json.GetProperty("channel").GetString(), request.Json.GetProperty("ts").GetString())));
        Assert.StartsWith("❌", Receiver.Requests[2].Json.GetProperty("text").GetString(), StringComparison.Ordinal);
        const string Words = """❌ The deploy of billing 1.5.0 in production failed\nBy ann in 1 min 32 s: Invoices in euros\napp2 web: the check answered 500.\nRead the log of app2 on the rollout's page.""";
        AssertJson.Equal($$"""
            {
              "channel": "C0123",
              "thread_ts": "1772443800.000001",
              "reply_broadcast": true,
              "text": "{{Words}}",
              "blocks": [
                { "type": "section", "text": { "type": "plain_text", "text": "{{Words}}" } },
                { "type": "actions", "elements": [
                  { "type": "button", "action_id": "open", "text": { "type": "plain_text", "text": "Open" }, "url": "https://deploy.example/rollouts/01JEXAMPLE" },
                  { "type": "button", "action_id": "revert", "text": { "type": "plain_text", "text": "Revert" }, "url": "https://deploy.example/services/billing/production?ask=revert", "style": "danger" }] }],
              "unfurl_links": false,
              "unfurl_media": false
            }
            """, Receiver.Requests[3].Text);
    }

    [Fact]
    public async Task A_success_makes_no_sound()
    {
        var reference = await SendAsync(Example(NotificationEvents.Started));
        await SendAsync(Example(NotificationEvents.Succeeded), reference);
        Assert.Equal(["/api/chat.postMessage", "/api/chat.update"], Receiver.Requests.Select(request => request.Target));
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task What_cannot_be_replaced_is_posted_anew_but_not_to_say_how_far_it_is(string error)
    {
        var post = Receiver.Answer;
        Receiver.Answer = (request, http) => request.Target == "/api/chat.update" ? http.Response.WriteAsync($$"""{ "ok": false, "error": "{{error}}" }""") : post(request, http);
        Assert.Equal("C9 1.1", await SendAsync(Example(NotificationEvents.Progress), "C9 1.1"));
        Assert.Equal("C0123 1772443800.000001", await SendAsync(Example(NotificationEvents.Failed), "C9 1.1"));
        Assert.Equal(["/api/chat.update", "/api/chat.update", "/api/chat.postMessage"], Receiver.Requests.Select(request => request.Target));
        Assert.Equal("#deploys", Receiver.Requests[2].Json.GetProperty("channel").GetString());
        Assert.False(Receiver.Requests[2].Json.TryGetProperty("ts", out _));
    }

    [Fact]
    public async Task A_reference_of_another_notifier_is_none()
    {
        Assert.Equal("C0123 1772443800.000001", await SendAsync(Example(NotificationEvents.Succeeded), "8xkqy3bpnbyhmxb3ghjpuh6dyc"));
        Assert.Equal("/api/chat.postMessage", Assert.Single(Receiver.Requests).Target);
    }

    [Theory]
    [InlineData("invalid_blocks", true, "templates")]
    [InlineData("msg_too_long", true, "templates")]
    [InlineData("msg_blocks_too_long", true, "templates")]
    [InlineData("not_in_channel", false, "Invite the app")]
    [InlineData("channel_not_found", false, "Correct 'conversation' (#deploys)")]
    [InlineData("is_archived", false, "unarchive")]
    [InlineData("invalid_auth", false, "wheelhouse secrets set slack-bot")]
    [InlineData("token_revoked", false, "wheelhouse secrets set slack-bot")]
    [InlineData("missing_scope", false, "chat:write")]
    [InlineData("restricted_action_read_only_channel", false, "admin")]
    [InlineData("ratelimited", false, "about one message a second")]
    [InlineData("internal_error", false, null)]
    public async Task An_error_says_what_to_do(string error, bool refused, string? fix)
    {
        Receiver.Say(200, $$"""{ "ok": false, "error": "{{error}}" }""");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.Equal(($"Slack answered chat.postMessage with {error}.", refused), (flaw.Message, flaw.IsRefused));
        if (fix is null) Assert.Null(flaw.Fix);
        else Assert.Contains(fix, flaw.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>welcome</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "ok": true }""")]
    [InlineData("""{ "ok": false, "error": "bad token xoxb-do-not-show-me-4711" }""")]
    public async Task An_answer_that_is_not_slacks_is_a_failure(string answer)
    {
        Receiver.Say(200, answer);
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.False(flaw.IsRefused);
        Assert.DoesNotContain(Secret, flaw.ToString(), StringComparison.Ordinal);
    }
}
