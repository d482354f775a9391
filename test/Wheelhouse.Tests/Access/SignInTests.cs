using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.Passwords;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Access;

public sealed class SignInTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_cookie_is_for_this_server_and_not_for_scripts()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann", path: "/services/billing?tab=history");
        Assert.Equal((302, "/services/billing?tab=history"), ((int)entered.StatusCode, entered.Headers.Location?.ToString()));
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), value => value.StartsWith("wheelhouse_session=", StringComparison.Ordinal));
        Assert.Equal(["max-age=1209600", "path=/", "samesite=lax", "httponly"], cookie.Split("; ").Skip(1));
        using var admin = server.Client();
        Assert.Equal(server.Time.GetUtcNow(), Assert.Single(await admin.ListUsersAsync(Cancelled)).LastSignInAt);
        Assert.Equal(("ann", "session.started", "ann", "by password, from 127.0.0.1"),
            (await admin.ListAuditAsync(0, Cancelled)).Select(row => (row.By, row.Action, row.Subject, row.Detail)).Last());
    }

    [Fact]
    public async Task Behind_tls_the_cookie_goes_nowhere_else()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        server.Get<ServerOptions>().PublicUrl = server.Url.Replace("http:", "https:", StringComparison.Ordinal);
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        Assert.Contains(entered.Headers.GetValues("Set-Cookie"), value =>
            value.StartsWith("wheelhouse_session=", StringComparison.Ordinal) && value.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_sign_in_makes_a_new_secret_and_ends_the_session_that_was_there()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        browser.Secret = "planted-by-somebody-else";
        using (await browser.SignInAsync("ann")) Assert.Equal(200, await browser.StatusAsync("/view"));
        var first = browser.Secret!;
        Assert.NotEqual("planted-by-somebody-else", first);
        using (await browser.SignInAsync("ann")) Assert.NotEqual(first, browser.Secret);
        browser.Secret = first;
        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/sign-in?return=/sign-in")]
    [InlineData("")]
    public async Task It_leads_to_no_other_site(string path)
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var page = await browser.OpenAsync($"/sign-in?return={Uri.EscapeDataString(path)}");
        Assert.Contains("name=\"return\" value=\"/\"", await page.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        using var entered = await browser.SignInAsync("ann", path: path);
        Assert.Equal("/", entered.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in_or_out()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var forged = await browser.SendAsync(HttpMethod.Post, "/sign-in", Browser.Form(("name", "ann"), ("password", Browser.Password)), "cross-site");
        Assert.Equal((400, null), ((int)forged.StatusCode, browser.Secret));
        using var entered = await browser.SignInAsync("ann");
        Assert.Equal(403, (int)(await browser.SendAsync(HttpMethod.Post, "/sign-out", Browser.Form(), "cross-site")).StatusCode);
        Assert.Equal(400, (int)(await browser.SendAsync(HttpMethod.Post, "/sign-out", Browser.Form())).StatusCode);
        Assert.Equal(200, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task An_unknown_name_a_disabled_user_and_a_wrong_password_look_alike_and_cost_the_same()
    {
        var hasher = new CountingHasher();
        await using var server = await AccessServer.StartAsync(_folder, configure: services => services.AddSingleton<PasswordHasher>(hasher));
        using var admin = server.Client();
        foreach (var name in (string[])["ann", "bob"]) await server.AddUserAsync(name);
        await admin.ChangeUserAsync("bob", new UserChange { Disabled = true }, Cancelled);
        List<string> pages = [];
        foreach (var (name, password) in ((string, string)[])[("ann", "a wrong password"), ("bob", Browser.Password), ("eve", "a wrong password")])
        {
            var before = hasher.Count;
            using var browser = server.Browse();
            using var refused = await browser.SignInAsync(name, password);
            Assert.Equal((403, null, 1), ((int)refused.StatusCode, browser.Secret, hasher.Count - before));
            pages.Add(ProofOf((await refused.Content.ReadAsStringAsync(Cancelled)).Replace($"value=\"{name}\"", "", StringComparison.Ordinal)));
        }

        Assert.Single(pages.Distinct());
        Assert.Single(hasher.Costs.Distinct());
        var audit = (await admin.ListAuditAsync(0, Cancelled)).Where(row => row.Action == "session.refused").Select(row => (row.By, row.Subject, row.Detail));
        Assert.Equal([("nobody", "ann", "from 127.0.0.1"), ("nobody", "bob", "from 127.0.0.1"), ("nobody", "unknown name", "from 127.0.0.1")], audit);
    }

    [Fact]
    public async Task A_raised_cost_is_taken_at_the_next_sign_in()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        const string old = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        await server.Get<DatabaseWriter>().WriteAsync(
            context => { context.Set<UserRow>().Single().Password = old; }, Cancelled);
        for (var round = 0; round < 2; round++)
        {
            using var browser = server.Browse();
            using var entered = await browser.SignInAsync("ann", "password");
            Assert.Equal(302, (int)entered.StatusCode);
            var user = await server.Get<UserAccounts>().FindAsync("ann", Cancelled);
            Assert.False(PasswordHasher.IsOutdated(user!.Password));
        }
    }

    [Theory]
    [InlineData("/view?a=1&b=/2", "/sign-in?return=%2Fview%3Fa%3D1%26b%3D%2F2")]
    [InlineData("/nowhere", "/sign-in?return=%2Fnowhere")]
    [InlineData("/", "/sign-in")]
    public async Task A_page_leads_to_the_sign_in_and_back(string path, string to)
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var browser = server.Browse();
        using var response = await browser.OpenAsync(path);
        Assert.Equal((302, to), ((int)response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("GET", "/view", "application/json", null, "Basic realm=\"wheelhouse\"")]
    [InlineData("GET", "/api/whoami", "text/html", null, "Basic realm=\"wheelhouse\"")]
    [InlineData("GET", "/simple/", "text/html", "navigate", "Basic realm=\"wheelhouse\"")]
    [InlineData("GET", "/api/whoami", "*/*", "cors", "Bearer realm=\"wheelhouse\"")]
    [InlineData("POST", "/api/tokens", "text/html", null, "Basic realm=\"wheelhouse\"")]
    public async Task A_program_is_told_what_to_send_and_a_script_gets_no_dialog(string method, string path, string accept, string? mode, string challenge)
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var browser = server.Browse();
        (string, string)[] headers = mode is null ? [("Accept", accept)] : [("Accept", accept), ("Sec-Fetch-Mode", mode)];
        using var response = await browser.SendAsync(new HttpMethod(method), path, null, null, headers);
        Assert.Equal((401, challenge), ((int)response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
    }

    private static string ProofOf(string html) => System.Text.RegularExpressions.Regex.Replace(html, "value=\"CfDJ[^\"]*\"", "");

    private sealed class CountingHasher : PasswordHasher
    {
        public int Count { get; private set; }

        public List<Argon2Cost> Costs { get; } = [];

        protected override Task<byte[]> ComputeAsync(string password, byte[] salt, Argon2Cost cost)
        {
            Count++;
            Costs.Add(cost);
            return base.ComputeAsync(password, salt, cost);
        }
    }
}
