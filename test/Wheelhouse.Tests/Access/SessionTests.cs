using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Tests.Access;

public sealed class SessionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_may_what_its_user_may_and_a_header_wins_over_it()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann", Roles.Publisher);
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        Assert.Equal((200, 403), (await browser.StatusAsync("/publish"), await browser.StatusAsync("/deploy")));
        using var me = await browser.SendAsync(HttpMethod.Get, "/api/whoami");
        Assert.Equal("ann", (await me.Content.ReadFromJsonAsync<WhoAmI>(Cancelled))!.Name);
        using var token = await browser.SendAsync(HttpMethod.Get, "/administer", null, null, ("Authorization", $"Bearer {AccessServer.AdminToken}"));
        using var wrong = await browser.SendAsync(HttpMethod.Get, "/view", null, null, ("Authorization", "Bearer wrong"));
        Assert.Equal((200, 401), ((int)token.StatusCode, (int)wrong.StatusCode));
    }

    [Fact]
    public async Task It_ends_when_it_is_not_used_and_at_the_latest_after_its_lifetime()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using (await browser.SignInAsync("ann")) server.Time.Advance(TimeSpan.FromHours(11));
        Assert.Equal(200, await browser.StatusAsync("/view"));
        server.Time.Advance(TimeSpan.FromHours(11));
        Assert.Equal(200, await browser.StatusAsync("/view"));
        server.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(401, await browser.StatusAsync("/view"));

        using (await browser.SignInAsync("ann")) server.Time.Advance(TimeSpan.FromHours(11));
        for (var hours = 11; hours < 14 * 24; hours += 11)
        {
            Assert.Equal(200, await browser.StatusAsync("/view"));
            server.Time.Advance(TimeSpan.FromHours(11));
        }

        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task A_changed_role_a_new_password_and_disabling_are_felt_at_once()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        await server.AddUserAsync("ann", Roles.Deployer);
        using var browser = server.Browse();
        using (await browser.SignInAsync("ann")) Assert.Equal(200, await browser.StatusAsync("/deploy"));
        await admin.ChangeUserAsync("ann", new UserChange { Role = Roles.Viewer }, Cancelled);
        Assert.Equal((403, 200), (await browser.StatusAsync("/deploy"), await browser.StatusAsync("/view")));
        await admin.SetPasswordAsync("ann", "another long password", Cancelled);
        Assert.Equal(401, await browser.StatusAsync("/view"));
        using (await browser.SignInAsync("ann", "another long password")) Assert.Equal(200, await browser.StatusAsync("/view"));
        await admin.ChangeUserAsync("ann", new UserChange { Disabled = true }, Cancelled);
        Assert.Equal(401, await browser.StatusAsync("/view"));
        await admin.ChangeUserAsync("ann", new UserChange { Disabled = false }, Cancelled);
        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_the_own_ones_by_everybody_and_all_by_admins()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        foreach (var name in (string[])["ann", "bob"]) await server.AddUserAsync(name);
        using var ann = server.Browse();
        using var bob = server.Browse();
        using var one = await ann.SignInAsync("ann");
        using var two = await bob.SignInAsync("bob");

        var all = await admin.ListSessionsAsync(Cancelled);
        Assert.Equal(["ann", "bob"], all.Select(session => session.Name).Order());
        Assert.All(all, session => Assert.Equal((true, "127.0.0.1", false), (session.IsUser, session.Address, session.IsCurrent)));
        using var seen = await ann.SendAsync(HttpMethod.Get, "/api/sessions");
        var own = Assert.Single((await seen.Content.ReadFromJsonAsync<List<SessionView>>(Cancelled))!);
        Assert.Equal(("ann", true), (own.Name, own.IsCurrent));

        Assert.Equal(404, await bob.StatusAsync(HttpMethod.Delete, $"/api/sessions/{own.Id}"));
        Assert.Equal(200, await ann.StatusAsync("/view"));
        await admin.EndSessionAsync(own.Id, Cancelled);
        Assert.Equal((401, 200), (await ann.StatusAsync("/view"), await bob.StatusAsync("/view")));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server_too()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        var secret = browser.Secret;
        using var left = await browser.SubmitAsync("/sign-in", "/sign-out");
        Assert.Equal((302, "/sign-in", null), ((int)left.StatusCode, left.Headers.Location?.ToString(), browser.Secret));
        browser.Secret = secret;
        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task The_database_holds_neither_password_nor_secret_and_the_log_neither()
    {
        string secret;
        await using (var server = await AccessServer.StartAsync(_folder))
        {
            await server.AddUserAsync("ann");
            using var browser = server.Browse();
            using var wrong = await browser.SignInAsync("ann", "a wrong password");
            using var entered = await browser.SignInAsync("ann");
            secret = browser.Secret!;
            Assert.Matches("^[0-9a-f]{64}$", secret);
            foreach (var hidden in (string[])[secret, Browser.Password, "a wrong password"])
                Assert.DoesNotContain(hidden, server.Log.Text, StringComparison.Ordinal);
        }

        foreach (var file in Directory.GetFiles(_folder.Root, "wheelhouse.db*"))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancelled));
            foreach (var hidden in (string[])[secret, Browser.Password, "a wrong password"]) Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_open_page_learns_what_its_user_may_now()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        await server.AddUserAsync("ann", Roles.Deployer);
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        var session = Assert.Single(await admin.ListSessionsAsync(Cancelled)).Id;

        await using var scope = server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var states = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var page = (SessionAuthenticationStateProvider)states;
        var callers = scope.ServiceProvider.GetRequiredService<CallerAccessor>();
        var first = CallerPrincipal.Of(new Caller("ann", Roles.Deployer, [], [], []) { Session = session }, "session");
        page.SetAuthenticationState(Task.FromResult(new AuthenticationState(first)));
        Assert.Equal((Roles.Deployer, true), ((await callers.RequireAsync(Cancelled)).Role, (await callers.RequireAsync(Cancelled)).IsUser));

        await admin.ChangeUserAsync("ann", new UserChange { Role = Roles.Viewer }, Cancelled);
        Assert.Equal(Roles.Viewer, (await callers.RequireAsync(Cancelled)).Role);
        Assert.True((await ChangeAsync(page, server)).IsInRole(Roles.Viewer));
        await admin.EndSessionAsync(session, Cancelled);
        Assert.Null(await callers.FindAsync(Cancelled));
        Assert.False((await ChangeAsync(page, server)).Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task Ended_sessions_and_links_are_removed()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        using var admin = server.Client();
        await admin.CreateSessionLinkAsync(new SessionLinkRequest(), Cancelled);
        Assert.Equal((1, 1), await LeftAsync());
        server.Time.Advance(TimeSpan.FromHours(11));
        Assert.Equal((1, 0), await LeftAsync());
        Assert.Equal(200, await browser.StatusAsync("/view"));
        server.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal((0, 0), await LeftAsync());

        async Task<(int Sessions, int Links)> LeftAsync()
        {
            await server.Get<RetentionService>().PruneAsync(Cancelled);
            return await server.Get<DatabaseWriter>().WriteAsync(
                context => (context.Set<SessionRow>().Count(), context.Set<SessionLinkRow>().Count()), Cancelled);
        }
    }

    private static async Task<ClaimsPrincipal> ChangeAsync(SessionAuthenticationStateProvider page, AccessServer server)
    {
        var changed = new TaskCompletionSource<ClaimsPrincipal>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.AuthenticationStateChanged += OnChanged;
        server.Time.Advance(SessionAuthenticationStateProvider.Every);
        var principal = await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        page.AuthenticationStateChanged -= OnChanged;
        return principal;

        async void OnChanged(Task<AuthenticationState> state) => changed.TrySetResult((await state).User);
    }
}
