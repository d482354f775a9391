using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>From the link that a new server prints to the first deploy.</summary>
public sealed partial class FirstStartTests(Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task The_printed_link_leads_to_the_first_deploy()
    {
        await using var fleet = await Fleet.StartAsync(2, Token);
        using var home = new TempFolder("wh-home");
        await using var server = new ServerProcess();
        server.Environment["WHEELHOUSE_ADMIN_TOKEN"] = null;
        server.UseKey(fleet.Key);
        await server.StartAsync(Token);
        await Eventually.TrueAsync(() => SetUpLink().IsMatch(server.Log), "the link", TimeSpan.FromSeconds(30), Token);

        var visitor = await OpenAsync(server);
        var page = visitor.Page;
        await page.GotoAsync(SetUpLink().Match(server.Log).Value);
        await page.GetByLabel("Your name").FillAsync("grace");
        await page.GetByLabel("A new password").FillAsync("twelve characters and more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make me the first admin" }).ClickAsync();
        await visitor.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "First steps" })).ToBeVisibleAsync();

        await PublishAsync(page, server, home);
        await Expect(page.GetByText("The index has acme-hello")).ToBeVisibleAsync();

        var service = new HelloService();
        service.Configure(fleet);
        await page.GetByRole(AriaRole.Link, new() { Name = "Write its document" }).ClickAsync();
        await page.GetByLabel("The document").FillAsync(service.ToYaml(fleet));
        await Expect(page.GetByText("✓ Valid")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the service" }).ClickAsync();
        await Expect(page.GetByText("hello is there.")).ToBeVisibleAsync();

        await TrustAsync(page);
        await visitor.GoAsync("/start");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask the doctor" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Deploy hello" }).ClickAsync();
        await Expect(page.GetByText("nothing yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await Expect(page.Locator(".plan")).ToContainTextAsync("2 nodes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy 1.0.0 to production" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deploy hello 1.0.0" })).ToBeVisibleAsync();
        await Expect(page.Locator(".page-head")).ToContainTextAsync("succeeded");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "good" })).ToHaveCountAsync(2);
        Assert.Equal("1.0.0 1.0.0", await fleet.VersionsAsync(Token));
        Assert.Empty(visitor.Complaints);
    }

    /// <summary>Makes a token on the page and publishes with the command line, as the page says.</summary>
    private static async Task PublishAsync(IPage page, ServerProcess server, TempFolder home)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        var cli = new Cli(server, home) { Token = await page.GetByRole(AriaRole.Textbox, new() { Name = "Token", Exact = true }).InputValueAsync() };
        await cli.CheckAsync(Token, ["publish", .. await Wheels.DependenciesAsync(home, Token), await Wheels.HelloAsync(home, "1.0.0", Token)]);
    }

    /// <summary>Compares no fingerprint: the nodes are on this machine.</summary>
    private static async Task TrustAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare and trust them" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Host keys" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Trust all 2 new keys as shown" }).ClickAsync();
        await Expect(page.GetByText("2 trusted", new() { Exact = true })).ToBeVisibleAsync();
    }

    [GeneratedRegex("http://[^ ]*/setup\\?code=[0-9a-f]+")]
    private static partial Regex SetUpLink();
}
