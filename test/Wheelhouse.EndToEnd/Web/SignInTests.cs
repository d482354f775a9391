using Microsoft.Playwright;
using Wheelhouse.Contracts.Access;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>Who may see the pages, and what they may do there.</summary>
[Collection(WebTests.Name)]
public sealed class SignInTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task A_person_signs_in_with_a_password_and_out_again()
    {
        await AddUserAsync("ada", Roles.Deployer);
        var ada = await OpenAsync(lab.Server);
        await ada.Page.GotoAsync("/nodes");
        await Expect(ada.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));

        await ada.SignInAsync("ada", "a wrong password");
        await Expect(ada.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The name or the password is wrong.");
        await ada.SignInAsync("ada", Password);
        await ada.LiveAsync();
        await Expect(ada.Page.GetByText("Signed in as ada")).ToBeVisibleAsync();

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.GetByLabel("Password")).ToBeVisibleAsync();
        Assert.DoesNotContain(ada.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_of_the_command_line_signs_in_once()
    {
        var printed = await lab.Lab.Cli.CheckAsync(Token, "open", "--print");
        var link = printed.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.StartsWith("http", StringComparison.Ordinal));
        var admin = await OpenAsync(lab.Server);

        await admin.Page.GotoAsync(link);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in as admin" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "What runs where" })).ToBeVisibleAsync();

        var thief = await OpenAsync(lab.Server);
        await thief.Page.GotoAsync(link);
        await Expect(thief.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used or has expired");
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_can_push_nothing()
    {
        var service = await lab.AddRunningAsync("looked-at");
        await AddUserAsync("vera", Roles.Viewer);
        var vera = await OpenAsync(lab.Server);
        await vera.SignInAsync("vera", Password);
        await vera.LiveAsync();
        await Expect(vera.Page.GetByRole(AriaRole.Link, new() { Name = "Add a service" })).ToHaveCountAsync(0);

        await vera.GoAsync(service.Path);
        await Expect(vera.Page.GetByText("Runs in production")).ToBeVisibleAsync();
        foreach (var button in (string[])["Deploy", "Revert"])
            await Expect(vera.Page.GetByRole(AriaRole.Button, new() { Name = button })).ToHaveCountAsync(0);
        var rollout = (await service.RolloutsAsync())[0].Id;
        await vera.GoAsync($"/rollouts/{rollout}");
        await Expect(vera.Page.Locator(".page-head")).ToContainTextAsync("succeeded");
        await Expect(vera.Page.Locator(".page-head").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        // With the rights of her cookie, and from the page itself.
        foreach (var call in (string[])[$"services/{service.Name}/environments/production/rollouts", $"rollouts/{rollout}/cancel", $"rollouts/{rollout}/revert"])
            Assert.Equal(403, await ForgeAsync(vera.Page, $"/api/{call}"));
        Assert.Single(await service.RolloutsAsync());
    }

    [Fact]
    public async Task Another_site_cannot_push_with_the_cookie_of_somebody_who_may()
    {
        var service = await lab.AddRunningAsync("not-forged");
        var admin = await OpenAsync(lab.Server, "/");

        var answer = await admin.Context.APIRequest.PostAsync(
            $"/api/services/{service.Name}/environments/production/rollouts",
            new() { DataObject = new { version = "1.1.0" }, Headers = [new("Origin", "https://elsewhere.example")] });

        Assert.Equal(403, answer.Status);
        Assert.Contains("cross", await answer.TextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Single(await service.RolloutsAsync());
    }

    [Fact]
    public async Task A_right_that_was_taken_away_meanwhile_is_gone_at_the_push()
    {
        var service = await lab.AddRunningAsync("demoted");
        await AddUserAsync("dora", Roles.Deployer);
        var dora = await OpenAsync(lab.Server);
        await dora.SignInAsync("dora", Password);
        await dora.GoAsync(service.Path);
        await dora.Page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        var push = dora.Page.GetByRole(AriaRole.Button, new() { Name = "Deploy 1.2.0 to production" });
        await Expect(push).ToBeEnabledAsync();
        await Expect(dora.Page.Locator(".plan")).ToContainTextAsync("3 nodes");

        await lab.Server.Client.ChangeUserAsync("dora", new UserChange { Role = Roles.Viewer }, Token);
        // Not by a pointer: the button goes when the page learns of it first.
        await dora.Page.EvaluateAsync("() => document.getElementById('confirm')?.click()");

        await Expect(dora.Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        Assert.Single(await service.RolloutsAsync());
    }

    private async Task AddUserAsync(string name, string role) =>
        await lab.Server.Client.CreateUserAsync(new UserRequest { Name = name, Password = Password, Role = role }, Token);

    private static Task<int> ForgeAsync(IPage page, string path) => page.EvaluateAsync<int>(
        "path => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(answer => answer.status)", path);
}
