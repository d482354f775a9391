using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>Holds on the pages.</summary>
[Collection(WebTests.Name)]
public sealed partial class HoldPageTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_hold_is_placed_passed_with_a_reason_and_lifted()
    {
        var service = await lab.AddRunningAsync("held-back");
        var visitor = await OpenAsync(lab.Server, service.Path);
        var (page, overview) = (visitor.Page, await visitor.OpenTabAsync("/"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Hold", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Where")).ToBeFocusedAsync();
        await page.GetByLabel("Reason").FillAsync("stocktaking");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place the hold" }).ClickAsync();
        await Expect(page.Locator(".notice .hold")).ToContainTextAsync("held-back in production");
        await Expect(page.Locator(".notice .hold")).ToContainTextAsync("in 4 h: stocktaking");
        await Expect(overview.GetByRole(AriaRole.Row, new() { NameRegex = HeldBack() })).ToContainTextAsync("stocktaking");

        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await Expect(page.Locator(".plan")).ToContainTextAsync("stocktaking");
        var push = page.GetByRole(AriaRole.Button, new() { Name = "Deploy 1.2.0 to production" });
        await Expect(push).ToBeDisabledAsync();
        await page.GetByLabel("Why deploy all the same?").FillAsync("the till is down");
        await push.ClickAsync();
        await Expect(page).ToHaveURLAsync(RolloutAddress());
        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");
        await Expect(page.Locator(".page-head")).ToContainTextAsync("holds overridden: the till is down");

        await visitor.GoAsync(service.Path);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift" }).ClickAsync();
        await Expect(page.Locator(".notice .hold")).ToHaveCountAsync(0);
        await Expect(overview.GetByRole(AriaRole.Row, new() { NameRegex = HeldBack() })).Not.ToContainTextAsync("stocktaking");
    }

    [GeneratedRegex("held-back")]
    private static partial Regex HeldBack();

    [GeneratedRegex("/rollouts/[0-9A-Z]{26}")]
    private static partial Regex RolloutAddress();
}
