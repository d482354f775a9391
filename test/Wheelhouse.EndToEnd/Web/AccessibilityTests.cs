using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>WCAG 2.2 A and AA, as far as axe can tell, in light and dark, wide and narrow.</summary>
[Collection(WebTests.Name)]
public sealed partial class AccessibilityTests(WebLab lab, Chromium chromium) : PageTest(chromium)
{
    private const string Service = "accessible";
    private static readonly string[] Standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    private static readonly int[] Widths = [1360, 400];

    public static TheoryData<string, string> Pages => new()
    {
        { "/", "What runs where" },
        { $"/services/{Service}", Service },
        { "/nodes", "Nodes" },
        { "/builds", "Builds" },
        { "/builds/projects", "Projects" },
        { "/packages", "Packages" },
        { "/packages/acme-hello", "acme-hello" },
        { "/delivery", "Delivery" },
        { "/audit", "Audit" },
        { $"/documents/{Service}", $"Document of {Service}" },
        { $"/documents/{Service}/revisions/1", $"Revision 1 of {Service}" },
        { "/services/new", "Add a service" },
        { "/settings", "Your account" },
        { "/settings/users", "Users" },
        { "/settings/tokens", "Tokens" },
        { "/settings/sessions", "Sessions" },
        { "/settings/channels", "Channels" },
        { "/start", "First steps" },
        { "/not-found", "There is no such page" },
        { "/services/unheard-of", "Not found" },
    };

    /// <summary>What the pages begin with that other tests below look at, since nobody knows their addresses beforehand.</summary>
    private static string[] Others => [$"/rollouts/{Service}", $"/compare/{Service}/{Lab.Environment}", $"/services/{Service}/{Lab.Environment}", $"/settings/channels/{Service}", $"/builds/{Service}", $"/builds/projects/{Service}"];

    public static TheoryData<string, string> PlainPages => new()
    {
        { "/sign-in", "Sign in" },
        { "/setup?code=0", "The first admin" },
    };

    /// <summary>Finds what sticks out of the window furthest.</summary>
    private const string Widest =
        "() => [...document.querySelectorAll('body *')].reduce((one, other) => other.getBoundingClientRect().right > one.getBoundingClientRect().right ? other : one).outerHTML.slice(0, 300)";

    [Fact]
    public void No_page_is_left_out()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Wheelhouse.Server", "Web"), "*.razor", SearchOption.AllDirectories);
        var routes = sources.SelectMany(source => Route().Matches(File.ReadAllText(source))).Select(match => match.Groups["route"].Value).ToList();
        string[] visited = [.. Pages.Select(page => page.Data.Item1), .. Others];
        Assert.NotEmpty(routes);
        Assert.All(routes, route => Assert.Contains(visited, path => Regex.IsMatch(path, $"^{Part().Replace(route, "[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible(string path, string heading)
    {
        await ServiceAsync();
        var visitor = await OpenAsync(lab.Server, path);
        await AssertAccessibleAsync(visitor, heading);
    }

    [Theory]
    [MemberData(nameof(PlainPages))]
    public async Task A_page_before_the_sign_in_is_accessible(string path, string heading)
    {
        var visitor = await OpenAsync(lab.Server);
        await visitor.Page.GotoAsync(path);
        await AssertAccessibleAsync(visitor, heading);
    }

    [Fact]
    public async Task The_questions_of_both_buttons_are_accessible()
    {
        var service = await ServiceAsync();
        await service.DeployedAsync("1.1.0");
        var visitor = await OpenAsync(lab.Server, service.Path);
        foreach (var button in (string[])["Deploy", "Revert"])
        {
            await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^(↩ )?{button}$") }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{button} .*production") })).ToBeVisibleAsync();
            await AssertAccessibleAsync(visitor, Service);
        }
    }

    [Fact]
    public async Task A_hold_and_its_questions_are_accessible()
    {
        var service = await lab.AddRunningAsync("accessible-hold");
        await lab.Server.Client.PlaceHoldAsync(new HoldRequest { Service = service.Name, Reason = "stocktaking" }, Token);
        var visitor = await OpenAsync(lab.Server, service.Path);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Hold", Exact = true }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await Expect(visitor.Page.Locator(".plan")).ToContainTextAsync("stocktaking");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Place the hold" })).ToBeVisibleAsync();
        await AssertAccessibleAsync(visitor, service.Name);
        await visitor.GoAsync("/");
        await AssertAccessibleAsync(visitor, "What runs where");
    }

    [Fact]
    public async Task Channels_are_accessible_with_secrets_and_what_they_cannot_tell()
    {
        var service = await ServiceAsync();
        await lab.Server.Client.SetSecretAsync(Service, "a secret", Token);
        await lab.Server.Client.ApplyChannelsAsync($"channel: {Service}\nwebhook: {{ url: \"http://127.0.0.1:1\", secret: secret:{Service} }}\nsend: [{{ services: [{Service}], events: [hold.placed] }}]\n", Token);
        await lab.Server.Client.PlaceHoldAsync(new HoldRequest { Service = service.Name, Reason = "stocktaking" }, Token);
        await lab.Server.Client.LiftHoldAsync(service.Name, environment: null, Token);
        var visitor = await OpenAsync(lab.Server, $"/settings/channels/{Service}");
        await Eventually.TrueAsync(async () => (await lab.Server.Client.GetChannelAsync(Service, Token)).Waiting is not null, "the channel to wait", TimeSpan.FromSeconds(20), Token);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try now" })).ToBeVisibleAsync();
        await AssertAccessibleAsync(visitor, $"Channel {Service}");
        await visitor.GoAsync("/settings/channels");
        await AssertAccessibleAsync(visitor, "Channels");
    }

    [Fact]
    public async Task Builds_and_projects_are_accessible_whatever_became_of_them()
    {
        using var project = await BuiltProject.AddAsync(lab.Server, "accessible-project", Token);
        var good = await project.EndedAsync(await project.AskAsync(Token), Token);
        await project.PushAsync("1.1.0", "Doubt the answer", Token, answer: 43);
        var failed = await project.EndedAsync(await project.AskAsync(Token), Token);
        var visitor = await OpenAsync(lab.Server, $"/builds/{good.Id}?step=test");
        await visitor.Page.GetByText("The slowest").ClickAsync();
        await AssertAccessibleAsync(visitor, "accessible-project 1.0.0");
        await visitor.GoAsync($"/builds/{failed.Id}");
        await Expect(visitor.Page.GetByLabel("printed")).ToContainTextAsync("42 != 43");
        await AssertAccessibleAsync(visitor, "accessible-project 1.1.0");
        await visitor.GoAsync("/builds");
        await AssertAccessibleAsync(visitor, "Builds");
        await visitor.GoAsync("/builds/projects?add=true");
        await AssertAccessibleAsync(visitor, "Projects");
        await visitor.GoAsync("/builds/projects/accessible-project");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Delete the project" }).ClickAsync();
        await AssertAccessibleAsync(visitor, "accessible-project");
        await lab.Server.Client.DeleteBuildProjectAsync(project.Name, Token);
    }

    [Fact]
    public async Task Two_rollouts_beside_each_other_are_accessible()
    {
        var service = await ServiceAsync();
        await service.DeployedAsync("1.2.0");
        var rollouts = await service.RolloutsAsync();
        var visitor = await OpenAsync(lab.Server, $"/compare/{Service}/{Lab.Environment}?from={rollouts[1].Id}&to={rollouts[0].Id}");
        await AssertAccessibleAsync(visitor, $"From {rollouts[1].Version} to {rollouts[0].Version}");
    }

    [Fact]
    public async Task A_rollout_is_accessible_while_it_runs_and_after_it_failed()
    {
        var service = await lab.AddRunningAsync("accessible-rollout", checkWithin: "15s");
        service.MakeIll("1.1.0", 1);
        var rollout = await service.AskAsync("1.1.0");
        var visitor = await OpenAsync(lab.Server, $"/rollouts/{rollout}?node=app2");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "app2: activating" })).ToBeVisibleAsync();
        await AssertAccessibleAsync(visitor, "Deploy accessible-rollout 1.1.0");
        await Expect(visitor.Page.Locator(".page-head")).ToContainTextAsync("reverted");
        await AssertAccessibleAsync(visitor, "Deploy accessible-rollout 1.1.0");
    }

    /// <summary>The service that the pages show, made by the first test that needs it.</summary>
    private async Task<Patient> ServiceAsync() => lab.Find(Service) ?? await lab.AddRunningAsync(Service);

    [GeneratedRegex("^@page \"(?<route>[^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Part();

    private static async Task AssertAccessibleAsync(Visitor visitor, string heading)
    {
        var page = visitor.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
        List<string> found = [];
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                var result = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags(Standards) });
                found.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{theme} {width}: {violation.Id}: {violation.Help}: {node.Html}")));
            }

            var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overflow > 0) found.Add($"{width}: the page is {overflow} pixels wider than the window, for {await page.EvaluateAsync<string>(Widest)}");
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
