using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Tests.Access;

public sealed class SessionLinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_link_signs_in_once_with_the_rights_of_its_token_until_that_is_removed()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        using var ci = server.Client(await server.CreateAsync(new TokenRequest { Name = "ci", Role = Roles.Publisher }));
        var link = await ci.CreateSessionLinkAsync(new SessionLinkRequest("/services?x=1"), Cancelled);
        Assert.StartsWith($"{server.Url}/sign-in/link?code=", link.Url, StringComparison.Ordinal);
        Assert.Equal(server.Time.GetUtcNow().AddMinutes(1), link.ExpiresAt);

        using var browser = server.Browse();
        for (var look = 0; look < 2; look++)
        {
            using var page = await browser.OpenAsync(PathOf(link));
            Assert.Contains("<button class=\"button primary\" autofocus>Sign in as ci</button>", await page.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            Assert.Null(browser.Secret);
        }

        using var entered = await UseAsync(browser, link);
        Assert.Equal((302, "/services?x=1"), ((int)entered.StatusCode, entered.Headers.Location?.ToString()));
        Assert.Equal((200, 403), (await browser.StatusAsync("/publish"), await browser.StatusAsync("/deploy")));

        using var other = server.Browse();
        using var used = await other.OpenAsync(PathOf(link));
        Assert.Equal(403, (int)used.StatusCode);
        await admin.RevokeTokenAsync("ci", Cancelled);
        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task Of_many_who_use_a_link_one_gets_in()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        var link = await admin.CreateSessionLinkAsync(new SessionLinkRequest(), Cancelled);
        var browsers = Enumerable.Range(0, 6).Select(_ => server.Browse()).ToList();
        var answers = await Task.WhenAll(browsers.Select(async browser =>
        {
            using var answer = await UseAsync(browser, link);
            browser.Dispose();
            return answer.IsSuccessStatusCode || (int)answer.StatusCode == 302;
        }));
        Assert.Single(answers, entered => entered);
    }

    [Fact]
    public async Task A_link_ends_after_a_minute_and_a_session_with_its_token()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var brief = server.Client(await server.CreateAsync(
            new TokenRequest { Name = "brief", Role = Roles.Viewer, ExpiresAt = server.Time.GetUtcNow().AddHours(1) }));
        var late = await brief.CreateSessionLinkAsync(new SessionLinkRequest(), Cancelled);
        using var browser = server.Browse();
        server.Time.Advance(TimeSpan.FromMinutes(1));
        using (var page = await browser.OpenAsync(PathOf(late))) Assert.Equal(403, (int)page.StatusCode);
        var link = await brief.CreateSessionLinkAsync(new SessionLinkRequest(), Cancelled);
        using (await UseAsync(browser, link)) Assert.Equal(200, await browser.StatusAsync("/view"));
        server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task Only_a_token_makes_a_link_and_it_leads_to_no_other_site()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann", Roles.Admin);
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        Assert.Equal(409, await browser.StatusAsync(HttpMethod.Post, "/api/sessions/links", new SessionLinkRequest()));
        using var admin = server.Client();
        var link = await admin.CreateSessionLinkAsync(new SessionLinkRequest("//evil.example"), Cancelled);
        Assert.DoesNotContain("evil", link.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_uses_no_link()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        var link = await admin.CreateSessionLinkAsync(new SessionLinkRequest(), Cancelled);
        using var browser = server.Browse();
        using var forged = await browser.SendAsync(HttpMethod.Post, "/sign-in/link", Browser.Form(("code", CodeOf(link))), "cross-site");
        Assert.Equal((400, null), ((int)forged.StatusCode, browser.Secret));
    }

    private static string PathOf(SessionLink link) => new Uri(link.Url).PathAndQuery;

    private static string CodeOf(SessionLink link) => link.Url.Split("code=")[1].Split('&')[0];

    private static Task<HttpResponseMessage> UseAsync(Browser browser, SessionLink link)
    {
        var back = link.Url.Split("return=") is [_, var path] ? Uri.UnescapeDataString(path) : "/";
        return browser.SubmitAsync(PathOf(link), "/sign-in/link", ("code", CodeOf(link)), ("return", back));
    }
}
