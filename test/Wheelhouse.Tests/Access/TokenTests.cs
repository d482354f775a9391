using System.Net.Http.Json;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Tests.Access;

public sealed class TokenTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_is_made_listed_used_and_removed_and_the_audit_log_knows()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        var created = await admin.CreateTokenAsync(
            new TokenRequest { Name = "ci", Role = Roles.Deployer, Services = ["billing"], Projects = ["Acme_Billing"] }, Cancelled);
        Assert.Matches("^wh_[0-9a-f]{12}_[0-9a-f]{64}$", created.Token);

        using var ci = server.Client(created.Token);
        var me = await ci.WhoAmIAsync(Cancelled);
        Assert.Equal(("ci", Roles.Deployer), (me.Name, me.Role));
        Assert.Matches(@"^\d+\.\d+", me.Server);
        var view = Assert.Single(await admin.ListTokensAsync(Cancelled), view => view.Name == "ci");
        Assert.Equal(["acme-billing"], view.Projects);
        Assert.Equal(("admin", server.Time.GetUtcNow(), server.Time.GetUtcNow()), (view.CreatedBy, view.CreatedAt, view.LastUsedAt));

        await admin.RevokeTokenAsync("ci", Cancelled);
        await Assert.ThrowsAsync<WheelhouseApiException>(() => ci.WhoAmIAsync(Cancelled));
        var audit = await admin.ListAuditAsync(0, Cancelled);
        Assert.Equal(
            [("server", "token.created", "admin"), ("admin", "token.created", "ci"), ("admin", "token.removed", "ci")],
            audit.Select(row => (row.By, row.Action, row.Subject)));
        Assert.Equal([audit[2]], await admin.ListAuditAsync(audit[1].Id, Cancelled));
    }

    [Fact]
    public async Task A_removed_token_stops_working_at_once_even_while_it_is_in_use()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        for (var round = 0; round < 10; round++)
        {
            var token = await server.CreateAsync(new TokenRequest { Name = "busy", Role = Roles.Viewer });
            using var ended = new CancellationTokenSource();
            var users = Enumerable.Range(0, 4).Select(async _ =>
            {
                while (!ended.IsCancellationRequested) await server.StatusAsync("/view", $"Bearer {token}");
            }).ToList();
            Assert.Equal(200, await server.StatusAsync("/view", $"Bearer {token}"));
            await admin.RevokeTokenAsync("busy", Cancelled);
            Assert.Equal(401, await server.StatusAsync("/view", $"Bearer {token}"));
            await ended.CancelAsync();
            await Task.WhenAll(users);
            Assert.Equal(401, await server.StatusAsync("/view", $"Bearer {token}"));
        }
    }

    [Fact]
    public async Task An_expired_token_is_refused_by_name()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var end = server.Time.GetUtcNow().AddHours(1);
        var token = await server.CreateAsync(new TokenRequest { Name = "short", Role = Roles.Viewer, ExpiresAt = end });
        Assert.Equal(200, await server.StatusAsync("/view", $"Bearer {token}"));
        server.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(200, await server.StatusAsync("/view", $"Bearer {token}"));
        server.Time.Advance(TimeSpan.FromTicks(1));
        var problem = await server.ProblemAsync(HttpMethod.Get, "/view", authorization: $"Bearer {token}");
        Assert.Equal("The token 'short' expired at 2026-01-02 04:04:05Z.", problem.Detail);
    }

    [Fact]
    public async Task The_last_use_is_kept_to_the_minute()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        var start = server.Time.GetUtcNow();
        var token = await server.CreateAsync(new TokenRequest { Name = "ann", Role = Roles.Viewer });
        foreach (var (second, kept) in ((int, int)[])[(0, 0), (15, 0), (59, 0), (60, 60), (100, 60), (200, 200)])
        {
            server.Time.SetUtcNow(start.AddSeconds(second));
            Assert.Equal(200, await server.StatusAsync("/view", $"Bearer {token}"));
            var view = Assert.Single(await admin.ListTokensAsync(Cancelled), view => view.Name == "ann");
            Assert.Equal(start.AddSeconds(kept), view.LastUsedAt);
        }
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var request = new TokenRequest { Name = "ci", Role = Roles.Viewer };
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await server.SendAsync(
                HttpMethod.Post, "/api/tokens", $"Bearer {AccessServer.AdminToken}", JsonContent.Create(request));
            return (int)response.StatusCode;
        }));
        Assert.Equal([201, 409, 409, 409, 409, 409, 409, 409], tries.Order());
        var problem = await server.ProblemAsync(HttpMethod.Post, "/api/tokens", JsonContent.Create(request));
        Assert.Equal(("name_taken", "There is a token 'ci' already."), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task A_repeated_request_makes_nothing_and_says_how_to_replace_the_token()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var request = new TokenRequest { Name = "ci", Role = Roles.Deployer, Services = ["billing"], ExpiresAt = server.Time.GetUtcNow().AddDays(1) };
        using var made = await PostAsync(server, request, "build-7");
        Assert.Equal(201, (int)made.StatusCode);

        var again = await ProblemAsync(server, request, "build-7");
        Assert.Equal((409, "token_made"), (again.Status, again.Code));
        Assert.Contains("'ci'", again.Detail, StringComparison.Ordinal);
        Assert.Contains("wheelhouse tokens revoke ci", again.Fix, StringComparison.Ordinal);
        foreach (var other in new[] { request with { Name = "other" }, request with { Role = Roles.Viewer }, request with { Services = [] } })
            Assert.Equal(422, (await ProblemAsync(server, other, "build-7")).Status);
        Assert.Equal("name_taken", (await ProblemAsync(server, request, "build-8")).Code);
        Assert.Equal(400, (await ProblemAsync(server, request, new string('x', 201))).Status);

        using var admin = server.Client();
        Assert.Equal(["admin", "ci"], (await admin.ListTokensAsync(Cancelled)).Select(token => token.Name));
        await admin.RevokeTokenAsync("ci", Cancelled);
        using var replaced = await PostAsync(server, request, "build-7");
        Assert.Equal(201, (int)replaced.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(AccessServer server, TokenRequest request, string key)
    {
        var body = JsonContent.Create(request);
        body.Headers.Add("Idempotency-Key", key);
        return await server.SendAsync(HttpMethod.Post, "/api/tokens", $"Bearer {AccessServer.AdminToken}", body);
    }

    private static async Task<Wheelhouse.Contracts.Errors.ApiProblem> ProblemAsync(AccessServer server, TokenRequest request, string key)
    {
        using var answer = await PostAsync(server, request, key);
        return (await answer.Content.ReadFromJsonAsync<Wheelhouse.Contracts.Errors.ApiProblem>(Cancelled))!;
    }

    [Fact]
    public async Task Every_error_of_a_request_is_told()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var problem = await server.ProblemAsync(HttpMethod.Post, "/api/tokens", JsonContent.Create(new
        {
            Name = "no spaces",
            Role = "boss",
            Services = (string[])["billing", "No"],
            Environments = (string?[])[null],
            Projects = (string[])["-x-"],
            ExpiresAt = server.Time.GetUtcNow(),
        }));
        Assert.Equal((400, "invalid_request"), (problem.Status, problem.Code));
        Assert.Equal(["name", "role", "expiresAt", "services[1]", "environments[0]", "projects[0]"], problem.Errors!.Select(error => error.Field));
        Assert.All(problem.Errors!, error => Assert.NotNull(error.Fix));
    }

    [Fact]
    public async Task An_admin_cannot_be_limited_and_null_lists_limit_nothing()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var problem = await server.ProblemAsync(
            HttpMethod.Post, "/api/tokens", JsonContent.Create(new TokenRequest { Name = "half", Role = Roles.Admin, Services = ["billing"] }));
        Assert.Equal("role", Assert.Single(problem.Errors!).Field);
        using var response = await server.SendAsync(HttpMethod.Post, "/api/tokens", $"Bearer {AccessServer.AdminToken}", JsonContent.Create(
            new { Name = "ann", Role = "viewer", Services = (string[]?)null, Environments = (string[]?)null, Projects = (string[]?)null }));
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task The_last_admin_stays_and_what_is_not_there_cannot_be_removed()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.CreateAsync(new TokenRequest { Name = "brief", Role = Roles.Admin, ExpiresAt = server.Time.GetUtcNow().AddMinutes(1) });
        server.Time.Advance(TimeSpan.FromMinutes(2));
        var problem = await server.ProblemAsync(HttpMethod.Delete, "/api/tokens/admin");
        Assert.Equal((409, "wrong_state"), (problem.Status, problem.Code));
        Assert.Equal(404, (await server.ProblemAsync(HttpMethod.Delete, "/api/tokens/nobody")).Status);
        await server.CreateAsync(new TokenRequest { Name = "ann", Role = Roles.Admin });
        using var admin = server.Client();
        await admin.RevokeTokenAsync("admin", Cancelled);
    }

    [Fact]
    public async Task The_database_holds_no_secret()
    {
        string token;
        await using (var server = await AccessServer.StartAsync(_folder))
            token = await server.CreateAsync(new TokenRequest { Name = "ann", Role = Roles.Viewer });
        foreach (var file in Directory.GetFiles(_folder.Root, "wheelhouse.db*"))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancelled));
            Assert.DoesNotContain(token.Split('_')[2], text, StringComparison.Ordinal);
            Assert.DoesNotContain(AccessServer.AdminToken, text, StringComparison.Ordinal);
        }
    }
}
