using Microsoft.Playwright;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>A rollout's page shows what happens as it happens, whatever happens to the page or to the server.</summary>
[Collection(WebTests.Name)]
public sealed class LiveRolloutTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_release_that_fails_its_check_goes_back_before_ones_eyes()
    {
        var service = await lab.AddRunningAsync("failing", checkWithin: "2s");
        service.MakeIll("1.1.0", 1);
        var (page, rollout) = await WatchAsync(service, "1.1.0");

        await Expect(page.Locator(".page-head")).ToContainTextAsync("reverted");
        await Expect(Node(page, "app2", "reverted")).ToBeVisibleAsync();
        await Expect(Node(page, "app1", "reverted")).ToBeVisibleAsync();
        await Expect(page.Locator(".notice").Filter(new() { HasText = "503" }).First).ToBeVisibleAsync();
        await Expect(page.GetByText("Not changed: app3.")).ToBeVisibleAsync();

        await Node(page, "app2", "reverted").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "app2", Exact = true })).ToContainTextAsync("503");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/rollouts/{rollout}"));
        Assert.Equal("1.0.0 1.0.0 1.0.0", await service.VersionsAsync());
    }

    [Fact]
    public async Task Cancel_stops_it_and_says_what_was_changed()
    {
        var service = await lab.AddRunningAsync("cancelled");
        service.MakeIll("1.1.0", 0);
        var (page, rollout) = await WatchAsync(service, "1.1.0");
        await Expect(Node(page, "app1", "activating")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the rollout" }).ClickAsync();
        // A node that is well before the server knows of it would let the next one begin.
        await Eventually.TrueAsync(
            async () => (await lab.Lab.EventsAsync(rollout, Token)).Any(shown => shown.Type == EventTypes.RolloutCancelRequested), "the cancellation to be known", TimeSpan.FromSeconds(30), Token);
        service.Cure();

        await Expect(page.Locator(".page-head")).ToContainTextAsync("cancelled");
        await Expect(page.GetByText("Not changed: app2, app3.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
        Assert.EndsWith("1.0.0 1.0.0", await service.VersionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_in_the_middle_shows_where_it_is()
    {
        var service = await lab.AddRunningAsync("reloaded");
        service.MakeIll("1.1.0", 1);
        var (page, rollout) = await WatchAsync(service, "1.1.0");
        await Expect(Node(page, "app2", "activating")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(Node(page, "app1", "good")).ToBeVisibleAsync();
        await Expect(Node(page, "app2", "activating")).ToBeVisibleAsync();
        await Expect(Node(page, "app3", "staged")).ToBeVisibleAsync();
        service.Cure();

        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");
        await AssertLogIsWholeAsync(page, rollout);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_leaves_no_gap()
    {
        var service = await lab.AddRunningAsync("survivor");
        service.MakeIll("1.1.0", 1);
        var (page, rollout) = await WatchAsync(service, "1.1.0");
        await Expect(Node(page, "app2", "activating")).ToBeVisibleAsync();

        await lab.Server.KillAsync();
        await Expect(page.GetByText("The connection to the server is lost.")).ToBeVisibleAsync();
        await lab.Server.StartAsync(Token);
        service.Cure();

        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");
        await Expect(page.GetByText("The connection to the server is lost.")).ToBeHiddenAsync();
        await AssertLogIsWholeAsync(page, rollout);
        Assert.Equal("1.1.0 1.1.0 1.1.0", await service.VersionsAsync());
    }

    [Fact]
    public async Task Two_who_watch_see_the_same_end()
    {
        var service = await lab.AddRunningAsync("watched");
        service.MakeIll("1.1.0", 2);
        var (page, rollout) = await WatchAsync(service, "1.1.0");
        var viewer = await lab.Server.Client.CreateTokenAsync(new TokenRequest { Name = "watcher", Role = Roles.Viewer }, Token);
        var other = (await OpenAsync(lab.Server, $"/rollouts/{rollout}", viewer.Token)).Page;
        foreach (var watcher in (IPage[])[page, other]) await Expect(Node(watcher, "app3", "activating")).ToBeVisibleAsync();
        service.Cure();

        foreach (var watcher in (IPage[])[page, other])
        {
            await Expect(watcher.Locator(".page-head")).ToContainTextAsync("succeeded");
            foreach (var node in (string[])["app1", "app2", "app3"]) await Expect(Node(watcher, node, "good")).ToBeVisibleAsync();
            await AssertLogIsWholeAsync(watcher, rollout);
        }
    }

    /// <summary>Deploys and looks at the rollout from its beginning.</summary>
    private async Task<(IPage Page, string Rollout)> WatchAsync(Patient service, string version)
    {
        var rollout = await service.AskAsync(version);
        return ((await OpenAsync(lab.Server, $"/rollouts/{rollout}")).Page, rollout);
    }

    private static ILocator Node(IPage page, string name, string state) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Nodes" }).GetByRole(AriaRole.Button, new() { Name = $"{name}: {state}" });

    /// <summary>No line is missing, double or out of place.</summary>
    private async Task AssertLogIsWholeAsync(IPage page, string rollout)
    {
        Assert.Equal(RolloutStates.Succeeded, (await lab.Server.Client.GetRolloutAsync(rollout, Token)).State);
        var expected = LogPane.LinesOf(await lab.Lab.EventsAsync(rollout, Token));
        Assert.Contains(expected, line => line.EndsWith("nobody is sent here any more", StringComparison.Ordinal));
        Assert.Equal(expected, await new LogPane(page).ReadAsync(expected.Count));
    }
}
