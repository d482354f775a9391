using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Tests.Access;

public sealed class PolicyTests : IDisposable
{
    private static readonly string[] Weakest = [Policies.ReadIndex, Policies.View, Policies.Publish, Policies.Deploy, Policies.Administer];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_role_may_all_that_the_weaker_ones_may()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        foreach (var (index, role) in Roles.All.Index())
        {
            var token = await server.CreateAsync(new TokenRequest { Name = $"a-{role}", Role = role });
            foreach (var (place, policy) in Weakest.Index())
            {
                var status = await server.StatusAsync($"/{policy}", $"Bearer {token}");
                Assert.True(status == (place <= index + 1 ? 200 : 403), $"{role} at {policy}: {status}");
            }
        }
    }

    [Fact]
    public async Task A_role_that_is_too_weak_is_told_which_one_is_needed()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var token = await server.CreateAsync(new TokenRequest { Name = "ci", Role = Roles.Publisher });
        var problem = await server.ProblemAsync(HttpMethod.Get, $"/{Policies.Deploy}", authorization: $"Bearer {token}");
        Assert.Equal((403, "forbidden"), (problem.Status, problem.Code));
        Assert.Equal("The token 'ci' may not do this: its role is publisher, and deployer is needed.", problem.Detail);
    }

    [Fact]
    public async Task A_person_whose_role_is_too_weak_gets_a_page_in_the_chosen_colours_and_can_leave()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        using var page = await browser.SendAsync(
            HttpMethod.Get, $"/{Policies.Administer}", null, "none", ("Accept", "text/html"), ("Cookie", "wheelhouse_theme=dark"));
        Assert.Equal((403, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("its role is viewer, and admin is needed.", html, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", html, StringComparison.Ordinal);
        using var left = await browser.SubmitAsync($"/{Policies.Administer}", "/sign-out");
        Assert.Equal((302, "/sign-in"), ((int)left.StatusCode, left.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Without_a_token_nothing_can_be_done()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        foreach (var policy in Weakest)
        {
            using var response = await server.SendAsync(HttpMethod.Get, $"/{policy}");
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Equal("Basic realm=\"wheelhouse\"", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task Everybody_may_read_the_index_when_that_is_switched_on_but_nobody_with_a_wrong_token()
    {
        await using var server = await AccessServer.StartAsync(_folder, new AccessOptions { AdminToken = AccessServer.AdminToken, AnonymousRead = true });
        Assert.Equal(200, await server.StatusAsync($"/{Policies.ReadIndex}", null));
        Assert.Equal(401, await server.StatusAsync($"/{Policies.ReadIndex}", "Bearer wrong"));
        Assert.Equal(401, await server.StatusAsync($"/{Policies.View}", null));
    }

    [Fact]
    public async Task A_nodes_token_reads_the_index_and_nothing_else_until_it_expires()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var token = server.NodeTokens.Issue(TimeSpan.FromMinutes(5));
        Assert.Equal(200, await server.StatusAsync($"/{Policies.ReadIndex}", AccessServer.Basic("__token__", token)));
        foreach (var path in (string[])["/view", "/publish", "/deploy", "/administer", "/api/whoami", "/api/tokens", "/api/audit"])
            Assert.Equal(403, await server.StatusAsync(path, $"Bearer {token}"));

        server.Time.Advance(TimeSpan.FromMinutes(5));
        var problem = await server.ProblemAsync(HttpMethod.Get, $"/{Policies.ReadIndex}", authorization: $"Bearer {token}");
        Assert.Equal("The node's token is not valid or has expired.", problem.Detail);
    }

    [Fact]
    public async Task A_nodes_token_survives_a_restart_and_no_change_of_its_text()
    {
        string token;
        await using (var server = await AccessServer.StartAsync(_folder)) token = server.NodeTokens.Issue(TimeSpan.FromMinutes(5));

        await using var restarted = await AccessServer.StartAsync(_folder);
        Assert.Equal(200, await restarted.StatusAsync($"/{Policies.ReadIndex}", $"Bearer {token}"));
        for (var i = 0; i < token.Length; i += 7)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Equal(401, await restarted.StatusAsync($"/{Policies.ReadIndex}", $"Bearer {changed}"));
        }

        Assert.Equal(401, await restarted.StatusAsync($"/{Policies.ReadIndex}", $"Bearer {token[..^20]}"));
    }
}
