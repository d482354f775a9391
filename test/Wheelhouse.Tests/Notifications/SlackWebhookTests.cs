using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Slack;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Slack by an incoming webhook.</summary>
public sealed class SlackWebhookTests : HttpNotifierContract
{
    protected override string Name => "slack";

    protected override string Options => "{ url: secret:slack-hook }";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["slack-hook"] = $"{Receiver.Url}/services/T0/B0/{Secret}" };

    [Fact]
    public async Task It_posts_all_that_there_is_to_know()
    {
        Assert.False(Notifier.CanReplace(Bind(Options)));
        Assert.Null(await SendAsync(Example(NotificationEvents.Failed)));
        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("POST", $"/services/T0/B0/{Secret}", "application/json; charset=utf-8"), (request.Method, request.Target, request.Headers["Content-Type"]));
        const string Expected = """
            {
              "text": "❌ The deploy of billing 1.5.0 in production failed\nBy ann in 1 min 32 s: Invoices in euros\napp2 web: the check answered 500.\nRead the log of app2 on the rollout's page.",
              "blocks": [{ "type": "header", "text": { "type": "plain_text", "text": "❌ The deploy of billing 1.5.0 in production failed" } }],
              "attachments": [{
                "color": "#c62828",
                "blocks": [
                  { "type": "section", "text": { "type": "plain_text", "text": "By ann in 1 min 32 s: Invoices in euros\napp2 web: the check answered 500.\nRead the log of app2 on the rollout's page." } },
                  { "type": "section", "fields": [
                    { "type": "mrkdwn", "text": "*Service*\nbilling", "verbatim": true },
                    { "type": "mrkdwn", "text": "*Environment*\nproduction", "verbatim": true },
                    { "type": "mrkdwn", "text": "*Version*\n1.4.2 → 1.5.0", "verbatim": true },
                    { "type": "mrkdwn", "text": "*Result*\nFailed, 1 of 3 nodes", "verbatim": true },
                    { "type": "mrkdwn", "text": "*By*\nann", "verbatim": true },
                    { "type": "mrkdwn", "text": "*Took*\n1 min 32 s", "verbatim": true },
                    { "type": "mrkdwn", "text": "*When*\n<!date^1772443800^{date_short_pretty} {time}|2026-03-02 09:30 UTC>", "verbatim": true }] },
                  { "type": "actions", "elements": [
                    { "type": "button", "action_id": "open", "text": { "type": "plain_text", "text": "Open" }, "url": "https://deploy.example/rollouts/01JEXAMPLE" },
                    { "type": "button", "action_id": "revert", "text": { "type": "plain_text", "text": "Revert" }, "url": "https://deploy.example/services/billing/production?ask=revert", "style": "danger" }] }]
              }],
              "unfurl_links": false,
              "unfurl_media": false
            }
            """;
        AssertJson.Equal(Expected, request.Text);
    }

    [Theory]
    [InlineData(NotificationEvents.Started, "🚀", "#1565c0")]
    [InlineData(NotificationEvents.Succeeded, "✅", "#2e7d32")]
    [InlineData(NotificationEvents.Reverted, "↩️", "#c62828")]
    [InlineData(NotificationEvents.Paused, "⏸️", "#ef6c00")]
    [InlineData("index.deleted", "⚠️", "#ef6c00")]
    public async Task Symbol_and_colour_tell_the_result(string name, string symbol, string color)
    {
        await SendAsync(Example(name));
        var body = Receiver.Requests[0].Json;
        Assert.StartsWith(symbol, body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(color, body.GetProperty("attachments")[0].GetProperty("color").GetString());
    }

    [Fact]
    public async Task Nobody_is_mentioned_and_no_limit_is_passed()
    {
        var odd = string.Concat(Enumerable.Repeat("<!here> & <@U1> 🎉 ", 400));
        await SendAsync(Example(NotificationEvents.Failed) with { Title = odd, Text = odd, Service = odd });
        var request = Receiver.Requests[0];
        Assert.DoesNotContain("<!here", request.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<@", request.Text, StringComparison.Ordinal);
        var blocks = request.Json.GetProperty("attachments")[0].GetProperty("blocks");
        Assert.InRange(request.Json.GetProperty("text").GetString()!.Length, 2_900, 3_000);
        Assert.InRange(request.Json.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!.Length, 140, 150);
        Assert.InRange(blocks[0].GetProperty("text").GetProperty("text").GetString()!.Length, 2_900, 3_000);
        Assert.All(blocks[1].GetProperty("fields").EnumerateArray(), field => Assert.InRange(field.GetProperty("text").GetString()!.Length, 1, 2_000));
    }

    [Fact]
    public async Task Words_that_a_template_leaves_empty_are_no_empty_blocks()
    {
        await SendAsync(Example(NotificationEvents.Succeeded) with { Title = "", Text = "" });
        var body = Receiver.Requests[0].Json;
        Assert.Equal("✅ This is an example of rollout.succeeded", body.GetProperty("text").GetString());
        Assert.Equal(2, body.GetProperty("attachments")[0].GetProperty("blocks").GetArrayLength());
    }

    [Theory]
    [InlineData("a<b", 6, "a&lt;b")]
    [InlineData("a<b", 5, "a…")]
    [InlineData("ab🎉", 4, "ab🎉")]
    [InlineData("ab🎉c", 4, "ab…")]
    [InlineData("", 4, "")]
    public void Text_is_cut_between_characters(string text, int limit, string expected) => Assert.Equal(expected, SlackText.Escape(text, limit));

    [Fact]
    public async Task A_webhook_that_is_gone_says_what_to_set()
    {
        Receiver.Say(404, "no_service");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.Contains("no_service", flaw.Message, StringComparison.Ordinal);
        Assert.Contains("wheelhouse secrets set slack-hook", flaw.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/services/T0/B0/" + Secret)]
    [InlineData("http://somewhere/services/T0/B0/" + Secret)]
    public async Task The_path_of_the_webhook_is_a_secret_too(string echo)
    {
        Receiver.Say(500, $"cannot serve {echo}");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.DoesNotContain(Secret, flaw.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "slack", "either 'url: secret:NAME'")]
    [InlineData("{ url: secret:a, token: secret:b, conversation: C0123 }", "slack.token", "either 'url: secret:NAME'")]
    [InlineData("{ url: secret:a, conversation: C0123 }", "slack.conversation", "goes with 'token'")]
    [InlineData("{ url: secret:a, api: https://chat.example }", "slack.api", "goes with 'token'")]
    [InlineData("{ token: secret:b }", "slack.conversation", "Say where the bot posts")]
    [InlineData("{ token: secret:b, conversation: deploys }", "slack.conversation", "not a conversation")]
    [InlineData("{ token: secret:b, conversation: '#deploys', api: slack.com }", "slack.api", "not the address of a server")]
    [InlineData("{ url: https://hooks.slack.com/services/T0/B0/x }", "slack.url", "name of a secret")]
    public void What_cannot_be_is_told(string yaml, string field, string message)
    {
        var error = Assert.Single(Flaws(yaml));
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
