using Microsoft.Playwright;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>The page of a project: what it says, and what is done there is what installers see.</summary>
[Collection(WebTests.Name)]
public sealed class ProjectPageTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task The_readme_is_shown()
    {
        var visitor = await OpenAsync(lab.Server, "/packages/acme-hello");
        var readme = visitor.Page.Locator(".readme");
        await Expect(readme.GetByRole(AriaRole.Heading, new() { Level = 3 }).First).ToBeVisibleAsync();
        await Expect(readme.Locator("pre code").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_release_is_yanked_and_taken_back()
    {
        await PublishAsync("acme-yankable");
        var page = (await OpenAsync(lab.Server, "/packages/acme-yankable")).Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Yank 1.0…" }).ClickAsync();
        await page.GetByLabel("Why is 1.0 not to be installed any more?").FillAsync("loses <invoices>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yank 1.0", Exact = true }).ClickAsync();
        await Expect(page.Locator(".release .notice")).ToContainTextAsync("loses <invoices>");
        Assert.Contains("data-yanked=\"loses &lt;invoices&gt;\"", await SimplePageAsync("acme-yankable"), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Take the yanking of 1.0 back" }).ClickAsync();
        await Expect(page.Locator(".release .notice")).ToHaveCountAsync(0);
        Assert.DoesNotContain("data-yanked", await SimplePageAsync("acme-yankable"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_is_quarantined_before_everybodys_eyes()
    {
        await PublishAsync("acme-risky");
        var visitor = await OpenAsync(lab.Server, "/packages/acme-risky");
        var (page, list) = (visitor.Page, await visitor.OpenTabAsync("/packages"));
        await page.GetByText("Status: active").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Status" }).SelectOptionAsync("quarantined");
        await page.GetByLabel("Reason").FillAsync("its account was taken over");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the status" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("quarantined");
        await Expect(page.Locator(".notice")).ToContainTextAsync("its account was taken over");
        await Expect(list.GetByRole(AriaRole.Row).Filter(new() { HasText = "acme-risky" })).ToContainTextAsync("quarantined");
        Assert.DoesNotContain(".whl", await SimplePageAsync("acme-risky"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_change_it_is_not_asked_to()
    {
        await PublishAsync("acme-looked-at");
        var viewer = await lab.Server.Client.CreateTokenAsync(new() { Name = "looks-at-packages", Role = Contracts.Access.Roles.Viewer }, Token);
        var page = (await OpenAsync(lab.Server, "/packages/acme-looked-at", viewer.Token)).Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("acme-looked-at");
        await Expect(page.GetByText("Yank 1.0…")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Status: active")).ToHaveCountAsync(0);
    }

    private async Task PublishAsync(string name)
    {
        using var folder = new TempFolder("wh-project");
        await new Cli(lab.Server, folder).CheckAsync(Token, "publish", await Wheels.EmptyAsync(folder, name, "1.0", Token));
    }

    private async Task<string> SimplePageAsync(string name)
    {
        using var http = new HttpClient { BaseAddress = lab.Server.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", ServerProcess.AdminToken);
        return await http.GetStringAsync($"simple/{name}/", Token);
    }
}
