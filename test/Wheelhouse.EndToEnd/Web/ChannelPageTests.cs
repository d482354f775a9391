using Microsoft.Playwright;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>Channels on the pages.</summary>
[Collection(WebTests.Name)]
public sealed class ChannelPageTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_channel_is_added_tried_and_what_it_could_not_tell_is_sent_again()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var visitor = await OpenAsync(lab.Server, "/settings/channels");
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Region, new() { Name = "Secrets" }).GetByLabel("Name").FillAsync("page-hook");
        await page.GetByLabel("Value").FillAsync("a-secret-of-the-page");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the secret" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "page-hook" })).ToContainTextAsync("nothing");

        await page.GetByText("Add a channel", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Notifier").SelectOptionAsync("webhook");
        await Expect(page.Locator("#check")).ToContainTextAsync("to fill in or correct");
        await page.GetByLabel("The document").FillAsync(
            $"channel: page\nwebhook: {{ url: \"{receiver.Url}\", secret: secret:page-hook }}\nsend:\n  - services: [told-by-page]\n    events: [hold.placed]\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it sends" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "hold.placed" }).ClickAsync();
        await Expect(page.GetByLabel("What is sent")).ToContainTextAsync("\"type\": \"hold.placed\"");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the channel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Channel page");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
        await Expect(page.Locator("body")).ToContainTextAsync("The receiver took it");

        receiver.Say(400, "no such field");
        await lab.AddRunningAsync("told-by-page");
        await lab.Server.Client.PlaceHoldAsync(new HoldRequest { Service = "told-by-page", Reason = "stocktaking" }, Token);
        var delivery = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "stocktaking" });
        await Expect(delivery).ToContainTextAsync("set aside");
        await Expect(delivery).ToContainTextAsync("answered with status 400: no such field");

        receiver.Say(200, "ok");
        await delivery.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Eventually.TrueAsync(() => receiver.Requests.Count == 3, "the receiver to get it again", TimeSpan.FromSeconds(20), Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(delivery.Locator(".badge")).ToHaveTextAsync("sent");
        Assert.DoesNotContain("a-secret-of-the-page", await page.ContentAsync(), StringComparison.Ordinal);
        await lab.Server.Client.LiftHoldAsync("told-by-page", environment: null, Token);
    }

    [Fact]
    public async Task The_link_of_a_message_asks_for_the_revert_and_does_not_begin_it()
    {
        var service = await lab.AddRunningAsync("linked");
        await service.DeployedAsync("1.1.0");
        var visitor = await OpenAsync(lab.Server, $"{service.Path}?ask=revert");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Revert production to 1.0.0" })).ToBeVisibleAsync();
        Assert.Equal(2, (await service.RolloutsAsync()).Count);
    }
}
