using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Mattermost;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Mattermost by an incoming webhook.</summary>
public sealed class MattermostWebhookTests : HttpNotifierContract
{
    private const string Id = "8xkqy3bpnbyhmxb3ghjpuh6dyc";

    protected override string Name => "mattermost";

    protected override string Options => "{ url: secret:mattermost-hook }";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["mattermost-hook"] = $"{Receiver.Url}/hooks/{Secret}" };

    [Fact]
    public async Task It_posts_all_that_there_is_to_know()
    {
        Assert.False(Notifier.CanReplace(Bind(Options)));
        Assert.Null(await SendAsync(Example(NotificationEvents.Reverted)));
        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("POST", $"/hooks/{Secret}", "application/json; charset=utf-8"), (request.Method, request.Target, request.Headers["Content-Type"]));
        AssertJson.Equal("""
            {
              "attachments": [{
                "fallback": "↩️ billing 1.5.0 failed in production and was taken back to 1.4.2\nBy ann in 1 min 32 s: Invoices in euros\napp2 web: the check answered 500.\nRead the log of app2 on the rollout's page.",
                "color": "#c62828",
                "title": "↩️ billing 1.5.0 failed in production and was taken back to 1.4.2",
                "title_link": "https://deploy.example/rollouts/01JEXAMPLE",
                "text": "By ann in 1 min 32 s: Invoices in euros\napp2 web: the check answered 500.\nRead the log of app2 on the rollout's page.\n\n[Open](https://deploy.example/rollouts/01JEXAMPLE) · [Revert](https://deploy.example/services/billing/production?ask=revert)",
                "fields": [
                  { "title": "Service", "value": "billing", "short": true },
                  { "title": "Environment", "value": "production", "short": true },
                  { "title": "Version", "value": "1.4.2 → 1.5.0", "short": true },
                  { "title": "Result", "value": "Reverted, 1 of 3 nodes", "short": true },
                  { "title": "By", "value": "ann", "short": true },
                  { "title": "Took", "value": "1 min 32 s", "short": true },
                  { "title": "When", "value": "2026-03-02 09:30 UTC", "short": true }]
              }]
            }
            """, request.Text);
    }

    [Theory]
    [InlineData("plain text, 1.5.0", "plain text, 1.5.0")]
    [InlineData("*b* _i_ `c` ~~s~~ [l](u) #tag a|b !", @"\*b\* \_i\_ \`c\` \~\~s\~\~ \[l\](u) \#tag a\|b \!")]
    [InlineData("- one\n2. two\n10) ten\n  + four\na - b", "\\- one\n2\\. two\n10\\) ten\n  \\+ four\na - b")]
    [InlineData("@channel a@b", "@\u200bchannel a@\u200bb")]
    [InlineData("<!here> <@U1>", "<\u200b\\!here\\> <\u200b@\u200bU1\\>")]
    [InlineData("see https://x.example/a_b/@here?c=*d*.", "see https://x.example/a_b/%40here?c=*d*.")]
    [InlineData("_https://x.example/_", @"\_https://x.example/_")]
    public void What_people_write_is_shown_as_they_wrote_it(string text, string expected) => Assert.Equal(expected, MattermostText.Escape(text));

    [Fact]
    public async Task Nobody_is_mentioned()
    {
        const string Odd = "@channel @all <!here> https://x.example/@here";
        await SendAsync(Example(NotificationEvents.Failed) with { Title = Odd, Text = Odd, Service = "@here" });
        Assert.DoesNotMatch("@[a-z]|<!", Receiver.Requests[0].Text);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_webhook_that_is_gone_says_what_to_set(int status)
    {
        Receiver.Say(status, """{ "id": "web.incoming_webhook.invalid.app_error", "message": "Invalid webhook." }""");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.False(flaw.IsRefused);
        Assert.Contains("Invalid webhook", flaw.Message, StringComparison.Ordinal);
        Assert.Contains("wheelhouse secrets set mattermost-hook", flaw.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "mattermost", "Give either 'url: secret:NAME'")]
    [InlineData("{ token: secret:a, server: https://chat.example }", "mattermost", "all of 'server', 'token' and 'channel_id'")]
    [InlineData($"{{ url: secret:a, channel_id: {Id} }}", "mattermost.url", "alone")]
    [InlineData($"{{ token: secret:a, server: chat.example, channel_id: {Id} }}", "mattermost.server", "not the address of a server")]
    [InlineData("{ token: secret:a, server: https://chat.example, channel_id: town-square }", "mattermost.channel_id", "not the id of a channel")]
    public void What_cannot_be_is_told(string yaml, string field, string message)
    {
        var error = Assert.Single(Flaws(yaml));
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
