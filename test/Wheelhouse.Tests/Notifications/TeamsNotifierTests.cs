using System.Text.Json;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

/// <summary>Microsoft Teams by a workflow's webhook, which answers 202.</summary>
public sealed class TeamsNotifierTests : HttpNotifierContract
{
    private const string Trigger = "/workflows/8f0c/triggers/manual/paths/invoke?api-version=1&sig=";

    protected override string Name => "teams";

    protected override string Options => "{ url: secret:teams-workflow }";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["teams-workflow"] = $"{Receiver.Url}{Trigger}{Secret}" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver.Say(202, "");
    }

    [Fact]
    public async Task It_posts_a_card_with_all_that_there_is_to_know()
    {
        Assert.False(Notifier.CanReplace(Bind(Options)));
        Assert.Null(await SendAsync(Example(NotificationEvents.Succeeded)));
        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("POST", Trigger + Secret, "application/json; charset=utf-8"), (request.Method, request.Target, request.Headers["Content-Type"]));
        AssertJson.Equal("""
            {
              "type": "message",
              "summary": "✅ billing 1.5.0 runs in production",
              "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": {
                  "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                  "type": "AdaptiveCard",
                  "version": "1.4",
                  "msteams": { "width": "Full" },
                  "fallbackText": "✅ billing 1.5.0 runs in production",
                  "body": [
                    { "type": "Container", "style": "good", "bleed": true, "items": [
                      { "type": "TextBlock", "text": "✅ billing 1.5.0 runs in production", "size": "Medium", "weight": "Bolder", "wrap": true }] },
                    { "type": "TextBlock", "text": "Before: 1.4.2\n\nBy ann in 1 min 32 s: Invoices in euros", "wrap": true },
                    { "type": "FactSet", "facts": [
                      { "title": "Service", "value": "billing" },
                      { "title": "Environment", "value": "production" },
                      { "title": "Version", "value": "1.4.2 → 1.5.0" },
                      { "title": "Result", "value": "Succeeded, 3 of 3 nodes" },
                      { "title": "By", "value": "ann" },
                      { "title": "Took", "value": "1 min 32 s" },
                      { "title": "When", "value": "2026-03-02 09:30 UTC" }] }],
                  "actions": [
                    { "type": "Action.OpenUrl", "title": "Open", "url": "https://deploy.example/rollouts/01JEXAMPLE" },
                    { "type": "Action.OpenUrl", "title": "Revert", "url": "https://deploy.example/services/billing/production?ask=revert" }]
                }
              }]
            }
            """, request.Text);
    }

    [Theory]
    [InlineData(NotificationEvents.Started, "accent")]
    [InlineData(NotificationEvents.Failed, "attention")]
    [InlineData(NotificationEvents.Paused, "warning")]
    public async Task The_colour_tells_the_result(string name, string style)
    {
        await SendAsync(Example(name));
        Assert.Equal(style, Body()[0].GetProperty("style").GetString());
    }

    [Fact]
    public async Task What_people_write_is_not_formatted()
    {
        await SendAsync(Example(NotificationEvents.Failed) with { Title = "a *b* _c_", Text = "[l](u)\n- one\n1. two", Service = "x_y_z" });
        var body = Body();
        Assert.Equal(@"❌ a \*b\* \_c\_", body[0].GetProperty("items")[0].GetProperty("text").GetString());
        Assert.Equal("\\[l\\](u)\n\n\\- one\n\n1\\. two", body[1].GetProperty("text").GetString());
        Assert.Equal(@"x\_y\_z", body[2].GetProperty("facts")[0].GetProperty("value").GetString());
    }

    [Theory]
    [InlineData('\u0007')]
    [InlineData('語')]
    [InlineData('*')]
    public async Task A_message_is_never_longer_than_teams_takes(char c)
    {
        await SendAsync(Example(NotificationEvents.Failed) with { Title = new string(c, 300), Text = new string(c, 9_000) });
        Assert.InRange(Receiver.Requests[0].Body.Length, 5_000, 28 * 1024);
        Assert.EndsWith("…", Body()[1].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_in_the_address_is_never_shown()
    {
        Receiver.Say(500, $"cannot run {Trigger}{Secret}");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.DoesNotContain(Secret, flaw.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_that_is_gone_says_what_to_set()
    {
        Receiver.Say(404, """{ "error": { "code": "WorkflowNotFound" } }""");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed)));
        Assert.Contains("wheelhouse secrets set teams-workflow", flaw.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "'url' is missing")]
    [InlineData("{ url: https://prod.example/workflows/1 }", "name of a secret")]
    public void What_cannot_be_is_told(string yaml, string message) => Assert.Contains(message, Assert.Single(Flaws(yaml)).Message, StringComparison.Ordinal);

    private JsonElement Body() => Receiver.Requests[0].Json.GetProperty("attachments")[0].GetProperty("content").GetProperty("body");
}
