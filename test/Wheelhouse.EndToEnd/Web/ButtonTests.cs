using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>The two buttons.</summary>
[Collection(WebTests.Name)]
public sealed partial class ButtonTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    // After a push the focus is on the heading: to the link above it leads a way around the page, with each line of the log.
    private const int MostTabs = 300;

    [Fact]
    public async Task Both_buttons_need_no_mouse()
    {
        var service = await lab.AddRunningAsync("by-keyboard");
        var (_, page) = await OpenPageAsync(service);

        await TabToAsync(page, "Deploy");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Release")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("1.1.0");
        await Expect(page.GetByLabel("Release")).ToHaveValueAsync("1.1.0");
        await TabToAsync(page, "Deploy 1.1.0 to production");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(RolloutAddress());
        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");
        Assert.Equal("1.1.0 1.1.0 1.1.0", await service.VersionsAsync());

        await TabToAsync(page, $"{service.Name} in production");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(service.Path)));
        await TabToAsync(page, "Revert");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Back to 1.0.0, ready on all 3 nodes")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Revert production to 1.0.0" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(RolloutAddress());
        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");
        Assert.Equal("1.0.0 1.0.0 1.0.0", await service.VersionsAsync());
    }

    [Fact]
    public async Task A_plan_is_shown_before_the_push_and_changes_nothing()
    {
        var service = await lab.AddRunningAsync("planned");
        var (_, page) = await OpenPageAsync(service);

        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await Expect(page.Locator(".plan")).ToContainTextAsync("3 nodes in 3 batches");
        await Expect(page.Locator(".plan")).ToContainTextAsync("acme-hello");
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator(".plan")).ToHaveCountAsync(0);
        Assert.Single(await service.RolloutsAsync());
        Assert.Equal("1.0.0 1.0.0 1.0.0", await service.VersionsAsync());
    }

    [Fact]
    public async Task A_node_that_drifted_says_why_and_is_brought_back()
    {
        var service = await lab.AddRunningAsync("drifted", checkWithin: "2s", policy: "{ failure_budget: 1 }");
        service.MakeIll("1.1.0", 1);
        await service.DeployedAsync("1.1.0");
        Assert.Equal("1.1.0 1.0.0 1.1.0", await service.VersionsAsync());
        service.Cure();
        var (_, page) = await OpenPageAsync(service);

        await Expect(page.GetByLabel("What runs")).ToContainTextAsync("app2 not good within 2 s");
        await page.GetByRole(AriaRole.Button, new() { Name = "Converge", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Brings app2 to 1.1.0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Converge production to 1.1.0" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(RolloutAddress());
        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");

        Assert.Equal("1.1.0 1.1.0 1.1.0", await service.VersionsAsync());
    }

    [Fact]
    public async Task A_double_click_is_one_push()
    {
        var service = await lab.AddRunningAsync("double-click");
        var (_, page) = await OpenPageAsync(service);

        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy 1.2.0 to production" }).DblClickAsync();
        await Expect(page).ToHaveURLAsync(RolloutAddress());
        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");

        Assert.Equal(2, (await service.RolloutsAsync()).Count);
    }

    [Fact]
    public async Task Two_tabs_that_push_at_once_make_one_rollout()
    {
        var service = await lab.AddRunningAsync("two-tabs");
        var (visitor, page) = await OpenPageAsync(service);
        IPage[] tabs = [page, await visitor.OpenTabAsync(service.Path)];
        foreach (var tab in tabs) await tab.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        service.MakeIll("1.2.0", 0, 1, 2);

        foreach (var tab in tabs) await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Deploy 1.2.0 to production" })).ToBeEnabledAsync();

        // Not by a pointer: it waits for the button to be at rest, and the other tab's rollout may take the button away meanwhile.
        await Task.WhenAll(tabs.Select(tab => tab.EvaluateAsync("() => document.getElementById('confirm')?.click()")));

        // One of them watches its rollout, the other is offered to.
        await Eventually.TrueAsync(() => tabs.Any(tab => RolloutAddress().IsMatch(tab.Url)), "a rollout's page", TimeSpan.FromSeconds(60), Token);
        foreach (var tab in tabs.Where(tab => !RolloutAddress().IsMatch(tab.Url)))
            await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "watch it" })).ToBeVisibleAsync();
        Assert.Equal(2, (await service.RolloutsAsync()).Count);

        service.Cure();
        await lab.Lab.EndedAsync((await service.RolloutsAsync())[0].Id, TimeSpan.FromSeconds(90), Token);
        Assert.Equal("1.2.0 1.2.0 1.2.0", await service.VersionsAsync());
    }

    private async Task<(Visitor Visitor, IPage Page)> OpenPageAsync(Patient service)
    {
        var visitor = await OpenAsync(lab.Server, service.Path);
        return (visitor, visitor.Page);
    }

    /// <summary>Presses the tabulator until something has the focus, as somebody without a mouse would.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        for (var press = 0; press < MostTabs; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("() => document.activeElement.textContent.replace('↩', '').trim()");
            if (focused == name) return;
        }

        Assert.Fail($"The tabulator does not reach '{name}'.");
    }

    [GeneratedRegex("/rollouts/[0-9A-Z]{26}")]
    private static partial Regex RolloutAddress();
}
