using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>Builds on the pages: what happens is seen as it happens, and what a person may do is done there.</summary>
[Collection(WebTests.Name)]
public sealed class BuildPageTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_project_is_added_and_built_before_ones_eyes()
    {
        using var project = await BuiltProject.CreateAsync(lab.Server, "acme-seen", Token);
        var page = (await OpenAsync(lab.Server, "/builds/projects?add=true")).Page;
        await Expect(page.Locator("#check")).ToContainTextAsync("Fill in <name>");
        await page.GetByLabel("The document").FillAsync(project.Document + "credentials: secret:nobody-kept-it\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the project" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no secret 'nobody-kept-it'.");
        await page.GetByLabel("The document").FillAsync(project.Document);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the project" }).ClickAsync();
        await Expect(Heading(page)).ToHaveTextAsync("acme-seen");

        await page.GetByRole(AriaRole.Button, new() { Name = "Build now" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/builds/[0-9A-Z]{26}$"));
        var id = page.Url.Split('/')[^1];
        await Expect(page.Locator(".page-head .badge")).ToHaveTextAsync(new Regex("queued|running"));
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("requirements begins");
        await project.EndedAsync(id, Token);
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("thought about it 19 times");
        await Expect(page.Locator(".page-head .badge")).ToContainTextAsync("succeeded");
        await Expect(Heading(page)).ToHaveTextAsync("acme-seen 1.0.0");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Fetch|Check out|Requirements|Build|Test|Publish) is done") })).ToHaveCountAsync(6);
        await Expect(Region(page, "Tests")).ToContainTextAsync("2 passed");
        await Expect(Region(page, "Files")).ToContainTextAsync("acme_seen-1.0.0-py3-none-any.whl");
        await Expect(Region(page, "Commits")).ToContainTextAsync("Begin");

        var expected = LogPane.LinesOf(await lab.Server.Client.ReadEventsAsync(new EventQuery { Build = id }, Token).ToListAsync(Token));
        Assert.Equal(expected, await new LogPane(page).ReadAsync(expected.Count));
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish is done" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Log of publish" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("publish begins");
        await Expect(page.GetByRole(AriaRole.Log)).Not.ToContainTextAsync("thought about it");

        await page.GetByRole(AriaRole.Link, new() { Name = "acme-seen on the index" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "from this build" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/builds/{id}$"));

        await page.GetByRole(AriaRole.Link, new() { Name = "acme-seen", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the project" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/builds/projects$"));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "acme-seen", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_test_that_failed_says_what_it_printed_and_a_build_is_done_again_and_cancelled()
    {
        using var project = await BuiltProject.AddAsync(lab.Server, "acme-broken", Token);
        await project.PushAsync("1.1.0", "Doubt the answer", Token, answer: 43);
        var id = await project.AskAsync(Token);
        Assert.Equal("tests_failed", (await project.EndedAsync(id, Token)).Code);

        var page = (await OpenAsync(lab.Server, "/builds?project=acme-broken")).Page;
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("1 failed");
        await page.GetByRole(AriaRole.Link, new() { Name = "acme-broken 1.1.0" }).ClickAsync();
        await Expect(Region(page, "Tests")).ToContainTextAsync("AssertionError: 42 != 43");
        await Expect(Region(page, "Files")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Test failed") })).ToBeVisibleAsync();
        await Expect(page.Locator(".steps .never")).ToContainTextAsync("Publish");

        await page.GetByRole(AriaRole.Button, new() { Name = "Build again" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex($"/builds/{id}$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the build" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await Expect(page.Locator(".page-head .badge")).ToContainTextAsync("cancelled");
        await Expect(page.Locator(".notice")).ToContainTextAsync("admin cancelled it.");
        await lab.Server.Client.DeleteBuildProjectAsync("acme-broken", Token);
    }

    [Fact]
    public async Task Where_a_release_went_is_said_with_what_was_refused()
    {
        using var project = await BuiltProject.AddAsync(lab.Server, "acme-chained", Token);
        await lab.Server.Client.ApplyAsync(Chained, Token);
        await lab.Server.Client.PlaceHoldAsync(new HoldRequest { Service = "chained", Environment = "production", Reason = "stocktaking" }, Token);
        var build = await project.AskAsync(Token);
        var page = (await OpenAsync(lab.Server, $"/builds/{build}")).Page;
        await project.EndedAsync(build, Token);

        var places = Region(page, "Where it goes").GetByRole(AriaRole.Row);
        await Expect(places.Filter(new() { HasText = "chained in production" })).ToContainTextAsync("stocktaking");
        await Expect(places.Filter(new() { HasText = "chained in staging" })).ToContainTextAsync("failed");
        await places.Filter(new() { HasText = "chained in staging" }).GetByRole(AriaRole.Link, new() { Name = "the rollout to staging" }).ClickAsync();
        await Expect(page.Locator(".page-head")).ToContainTextAsync("asked for by automatic");
        await page.GetByRole(AriaRole.Link, new() { Name = "this build" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "to chained in production" }).ClickAsync();
        await Expect(page.GetByLabel("Release")).ToHaveValueAsync("1.0.0");
        await lab.Server.Client.DeleteServiceAsync("chained", Token);
        await lab.Server.Client.DeleteBuildProjectAsync("acme-chained", Token);
    }

    [Fact]
    public async Task Who_may_only_look_gets_no_buttons()
    {
        using var project = await BuiltProject.AddAsync(lab.Server, "acme-looked-at", Token);
        var build = await project.EndedAsync(await project.AskAsync(Token, "no-such-branch"), Token);
        Assert.Equal((BuildStates.Failed, "unknown_ref"), (build.State, build.Code));
        var viewer = await lab.Server.Client.CreateTokenAsync(new TokenRequest { Name = "looker", Role = Roles.Viewer }, Token);
        var page = (await OpenAsync(lab.Server, "/builds/projects/acme-looked-at", viewer.Token)).Page;
        await Expect(page.GetByLabel("The document")).ToHaveAttributeAsync("readonly", "");
        await page.GetByRole(AriaRole.Link, new() { Name = "acme-looked-at", Exact = true }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("no-such-branch");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("Build|Cancel|Delete|Save|Deploy") })).ToHaveCountAsync(0);
        await lab.Server.Client.DeleteBuildProjectAsync("acme-looked-at", Token);
    }

    private const string Chained = """
        service: chained
        package: acme-chained
        python: "3.11"
        root: /srv/chained
        processes:
          - name: web
            pidfile: "{root}/web.pid"
            start: "{current}/bin/python -m acme_chained"
            reload: { signal: HUP }
        environments:
          - name: staging
            deploy: automatic
            nodes: { static: [{ name: nowhere, address: 127.0.0.1, port: 9 }] }
            policy: { connect_timeout: 1s, connect_retries: 0 }
          - name: production
            deploy: automatic
            nodes: { static: [{ name: nowhere, address: 127.0.0.1, port: 9 }] }

        """;

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static ILocator Region(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });
}
