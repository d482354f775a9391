using Microsoft.Playwright;
using Wheelhouse.Contracts.Access;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>Pictures of every page, to be looked at; <c>make screenshots</c>. They end up in <c>artifacts/screenshots/</c>, and two in <c>docs/images/</c>.</summary>
public sealed class Screenshots(Chromium chromium)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "screenshots");
    private static readonly string InDocs = Path.Combine(Repository.Root, "docs", "images");

    private static readonly Dictionary<ColorScheme, int[]> Widths = new()
    {
        [ColorScheme.Light] = [1360, 400, 3840],
        [ColorScheme.Dark] = [1360, 360],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Take()
    {
        await using var showcase = new Showcase();
        await showcase.StartAsync(Token);
        Directory.CreateDirectory(Folder);
        foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in Widths[theme]) await TakeAsync(showcase, width, theme);
        }

        Directory.CreateDirectory(InDocs);
        foreach (var name in (string[])["overview", "rollout"])
            File.Copy(Path.Combine(Folder, $"{name}-light-1360.png"), Path.Combine(InDocs, $"{name}.png"), overwrite: true);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Directory.GetFiles(Folder).Length} pictures are in {Folder}");
    }

    private async Task TakeAsync(Showcase showcase, int width, ColorScheme theme)
    {
        await using var visitor = await chromium.OpenAsync(showcase.Server, width, theme);
        foreach (var (name, path) in (IEnumerable<(string, string)>)[("sign-in", "/sign-in"), ("setup", "/setup?code=0123456789abcdef")])
        {
            await visitor.Page.GotoAsync(path);
            await KeepAsync(visitor, name, width, theme);
        }

        await visitor.Page.GotoAsync((await showcase.Server.Client.CreateSessionLinkAsync(new SessionLinkRequest(), Token)).Url);
        await KeepAsync(visitor, "sign-in-link", width, theme);
        await visitor.SignInByLinkAsync(showcase.ViewerToken);
        await visitor.GoAsync("/audit");
        await KeepAsync(visitor, "not-for-you", width, theme);
        await visitor.SignInByLinkAsync(ServerProcess.AdminToken);
        foreach (var (name, path) in Pages(showcase))
        {
            await visitor.GoAsync(path);
            await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await KeepAsync(visitor, name, width, theme);
        }

        await AskAsync(visitor, "Deploy", ".plan ul, .plan > span:has(strong)");
        await KeepAsync(visitor, "service-deploy", width, theme);
        await AskAsync(visitor, "Revert", "#confirm");
        await KeepAsync(visitor, "service-revert", width, theme);
    }

    private static IEnumerable<(string Name, string Path)> Pages(Showcase showcase) =>
    [
        ("overview", "/"),
        ("service", "/services/billing/production"),
        ("service-drifted", "/services/mailer/production"),
        ("service-new", "/services/reports/production"),
        ("rollout", $"/rollouts/{showcase.Running}"),
        ("rollout-reverted", $"/rollouts/{showcase.Reverted}?node=web2"),
        ("rollout-succeeded", $"/rollouts/{showcase.Succeeded}?node=stage1"),
        ("compare", $"/compare/billing/production?from={showcase.Before}&to={showcase.After}"),
        ("nodes", "/nodes"),
        ("builds", "/builds"),
        ("build", $"/builds/{showcase.Built}"),
        ("build-failed", $"/builds/{showcase.BuiltBadly}"),
        ("build-projects", "/builds/projects"),
        ("build-project", "/builds/projects/acme-search"),
        ("packages", "/packages"),
        ("project", "/packages/acme-billing"),
        ("delivery", "/delivery?days=365"),
        ("delivery-none", "/delivery?environment=staging&service=reports"),
        ("documents", "/documents/billing"),
        ("revision", "/documents/billing/revisions/2"),
        ("document-new", "/services/new"),
        ("audit", "/audit"),
        ("settings", "/settings"),
        ("settings-users", "/settings/users"),
        ("settings-tokens", "/settings/tokens"),
        ("settings-sessions", "/settings/sessions"),
        ("settings-channels", "/settings/channels"),
        ("first-steps", "/start"),
        ("not-found", "/there/is/no/such/page"),
        ("service-not-found", "/services/unheard-of"),
    ];

    /// <summary>Opens the question of a button on the page of a service.</summary>
    private static async Task AskAsync(Visitor visitor, string button, string until)
    {
        await visitor.GoAsync("/services/billing/production");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^(↩ )?{button}$") }).ClickAsync();
        await visitor.Page.Locator(until).First.WaitForAsync();
    }

    private static Task KeepAsync(Visitor visitor, string name, int width, ColorScheme theme) => visitor.Page.ScreenshotAsync(new()
    {
        FullPage = true,
        Path = Path.Combine(Folder, $"{name}-{theme.ToString().ToLowerInvariant()}-{width}.png"),
    });
}
