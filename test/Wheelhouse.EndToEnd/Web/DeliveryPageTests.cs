using Microsoft.Playwright;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>Delivery metrics in the browser, of real rollouts: what they are, what can be chosen, and what is not deployed yet.</summary>
[Collection(WebTests.Name)]
public sealed class DeliveryPageTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_rollout_that_fails_is_counted_while_one_looks_and_its_choice_is_kept_in_the_address()
    {
        var service = await lab.AddRunningAsync("delivered");
        var page = (await OpenAsync(lab.Server, "/delivery")).Page;
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Service" }).SelectOptionAsync("delivered");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?&]service=delivered"));
        await Expect(Figure(page, "Deployment frequency")).ToContainTextAsync("1 deployment");
        await Expect(Figure(page, "Change failure rate")).ToContainTextAsync("0 %");

        await service.DeployedAsync("1.1.0");
        await lab.Server.Client.AskRolloutAsync("delivered", Lab.Environment, new RolloutRequest { Kind = RolloutKinds.Revert }, Guid.NewGuid().ToString("N"), Token);
        await Expect(Figure(page, "Deployment frequency")).ToContainTextAsync("2 deployments");
        await Expect(Figure(page, "Change failure rate")).ToContainTextAsync("50 %");
        await Expect(Figure(page, "Time to restore")).ToContainTextAsync("9 of 10 within");
        await page.GetByText("The charts as a table").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Figures by week" }).GetByRole(AriaRole.Row).Last).ToContainTextAsync("50 %");

        var view = await lab.Server.Client.GetDeliveryAsync(new DeliveryQuery { Service = "delivered" }, Token);
        Assert.Equal((2, 1, 1), (view.Total.Deployments, view.Total.Failed, view.Total.TimeToRestore?.Count));
        var csv = await page.APIRequest.GetAsync(await page.GetByText("Download as CSV").GetAttributeAsync("href") is { } path ? new Uri(lab.Server.Url, path).ToString() : "");
        Assert.Contains(",delivered,", await csv.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_deployed_yet_is_on_the_page_of_the_service_with_its_commits()
    {
        var service = await lab.AddRunningAsync("waiting");
        var commit = new CommitView(new string('a', 40), DateTimeOffset.UnixEpoch.AddYears(50), "Ada", "Round half to even", "https://git.example.org/acme/hello/commit/aaaa");
        await lab.Server.Client.SetReleaseCommitsAsync("acme-hello", "1.2.0", new ReleaseCommitsRequest(commit.Sha, [commit]) { Previous = "1.1.0" }, Token);
        var page = (await OpenAsync(lab.Server, service.Path)).Page;
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Not deployed yet" });
        await Expect(panel).ToContainTextAsync("2 newer releases with 1 commit, the oldest from");
        await panel.GetByText("1.2.0").ClickAsync();
        await Expect(panel).ToContainTextAsync("Round half to even");
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "aaaaaaaa" })).ToHaveAttributeAsync("href", commit.Link!);
    }

    private static ILocator Figure(IPage page, string title) => page.GetByRole(AriaRole.Region, new() { Name = title });
}
