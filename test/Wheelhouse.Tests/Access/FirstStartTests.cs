using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Tests.Access;

public sealed class FirstStartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_code_makes_one_admin_however_many_try()
    {
        await using var server = await AccessServer.StartAsync(_folder, new AccessOptions());
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var response = await server.SendAsync(
                HttpMethod.Post, "/api/setup", body: JsonContent.Create(new SetupRequest(server.Code!, $"ann{i}")));
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<CreatedToken>(Cancelled) : null;
        }));
        var created = Assert.Single(tries, created => created is not null)!;
        using var admin = server.Client(created.Token);
        Assert.Equal(Roles.Admin, (await admin.WhoAmIAsync(Cancelled)).Role);
        Assert.Equal(("setup", "token.created"), (await admin.ListAuditAsync(0, Cancelled)).Select(row => (row.By, row.Action)).Single());
        var problem = await server.ProblemAsync(HttpMethod.Post, "/api/setup", JsonContent.Create(new SetupRequest(server.Code!, "eve")), null);
        Assert.Equal((403, "forbidden"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_code_ends_after_a_day_or_with_the_next_start_and_is_not_used_up_by_a_wrong_name()
    {
        string old;
        await using (var server = await AccessServer.StartAsync(_folder, new AccessOptions()))
        {
            old = server.Code!;
            var problem = await server.ProblemAsync(HttpMethod.Post, "/api/setup", JsonContent.Create(new SetupRequest(old, "no spaces")), null);
            Assert.Equal("name", Assert.Single(problem.Errors!).Field);
        }

        await using var restarted = await AccessServer.StartAsync(_folder, new AccessOptions());
        Assert.NotEqual(old, restarted.Code);
        using var client = restarted.Client(null);
        await Assert.ThrowsAsync<WheelhouseApiException>(() => client.SetUpAsync(new SetupRequest(old, "ann"), Cancelled));
        restarted.Time.Advance(TimeSpan.FromHours(24));
        await Assert.ThrowsAsync<WheelhouseApiException>(() => client.SetUpAsync(new SetupRequest(restarted.Code!, "ann"), Cancelled));
    }

    [Fact]
    public async Task With_an_admin_there_is_no_code()
    {
        await using (var server = await AccessServer.StartAsync(_folder, new AccessOptions()))
        {
            using var client = server.Client(null);
            await client.SetUpAsync(new SetupRequest(server.Code!, "ann"), Cancelled);
        }

        await using var restarted = await AccessServer.StartAsync(_folder, new AccessOptions());
        Assert.Null(restarted.Code);
    }

    [Fact]
    public async Task A_configured_admin_token_ends_the_code_and_is_replaced_by_a_new_one()
    {
        string code;
        await using (var server = await AccessServer.StartAsync(_folder, new AccessOptions())) code = server.Code!;

        foreach (var token in (string[])["the-first-admin-token", "the-first-admin-token", "the-second-admin-token"])
        {
            await using var server = await AccessServer.StartAsync(_folder, new AccessOptions { AdminToken = token });
            Assert.Null(server.Code);
            using var admin = server.Client(token);
            Assert.Equal("admin", (await admin.WhoAmIAsync(Cancelled)).Name);
            Assert.Single(await admin.ListTokensAsync(Cancelled));
            await Assert.ThrowsAsync<WheelhouseApiException>(() => admin.SetUpAsync(new SetupRequest(code, "eve"), Cancelled));
        }

        await using var last = await AccessServer.StartAsync(_folder, new AccessOptions { AdminToken = "the-second-admin-token" });
        Assert.Equal(401, await last.StatusAsync("/view", "Bearer the-first-admin-token"));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("long enough but with spaces")]
    [InlineData("long-enough-but-not-äscii")]
    public void A_configured_admin_token_that_is_weak_or_cannot_be_sent_is_refused(string token)
    {
        var options = new AccessOptions { AdminToken = token };
        var error = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Contains("20 characters", error.ErrorMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(token, error.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_and_the_command_are_printed_once()
    {
        await using var server = await AccessServer.StartAsync(_folder, new AccessOptions());
        var printed = server.Output.ToString();
        Assert.Contains($"  {server.Url}/setup?code={server.Code}\n", printed, StringComparison.Ordinal);
        Assert.Contains($"  wheelhouse login {server.Url} --code {server.Code}\n", printed, StringComparison.Ordinal);
        Assert.Equal(3, printed.Split(server.Code!).Length);
    }

    [Fact]
    public async Task The_page_works_without_a_script_and_believes_no_markup()
    {
        await using var server = await AccessServer.StartAsync(_folder, new AccessOptions());
        using var page = await server.SendAsync(HttpMethod.Get, "/setup?code=%22%3E%3Cscript%3E");
        var html = await page.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal(("text/html", "no-store"), (page.Content.Headers.ContentType?.MediaType, page.Headers.CacheControl?.ToString()));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_page_makes_the_first_admin_a_user_and_signs_in()
    {
        await using (var server = await AccessServer.StartAsync(_folder, new AccessOptions()))
        {
            using var browser = server.Browse();
            foreach (var (code, name, password, status) in ((string, string, string, int)[])
                [("wrong", "ann", Browser.Password, 403), (server.Code!, "ann", "short", 400), (server.Code!, "no spaces", Browser.Password, 400)])
            {
                using var refused = await SubmitAsync(browser, code, name, password);
                Assert.Equal((status, null), ((int)refused.StatusCode, browser.Secret));
                var html = await refused.Content.ReadAsStringAsync(Cancelled);
                Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain(password, html, StringComparison.Ordinal);
            }

            using var done = await SubmitAsync(browser, server.Code!, "ann", Browser.Password);
            Assert.Equal((302, "/start"), ((int)done.StatusCode, done.Headers.Location?.ToString()));
            Assert.Equal(200, await browser.StatusAsync("/administer"));
            using var again = await SubmitAsync(browser, server.Code!, "eve", Browser.Password);
            Assert.Equal(403, (int)again.StatusCode);
        }

        await using var restarted = await AccessServer.StartAsync(_folder, new AccessOptions());
        Assert.Null(restarted.Code);
        using var later = restarted.Browse();
        using var entered = await later.SignInAsync("ann");
        Assert.Equal(200, await later.StatusAsync("/administer"));
    }

    private static Task<HttpResponseMessage> SubmitAsync(Browser browser, string code, string name, string password) =>
        browser.SendAsync(HttpMethod.Post, "/setup", Browser.Form(("code", code), ("name", name), ("password", password)));
}
