using System.Net.Http.Json;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Access;

public sealed class UserTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_user_is_made_changed_and_removed_and_the_audit_log_knows()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var admin = server.Client();
        var made = await admin.CreateUserAsync(
            new UserRequest { Name = "Ann", Role = Roles.Deployer, Password = Browser.Password, Services = ["billing"], Projects = ["Acme_Billing"] }, Cancelled);
        Assert.Equal(["acme-billing"], made.Projects);
        Assert.Equal(("admin", false, null), (made.CreatedBy, made.Disabled, made.LastSignInAt));

        var changed = await admin.ChangeUserAsync("ann", new UserChange { Role = Roles.Publisher, Services = [] }, Cancelled);
        Assert.Equal((Roles.Publisher, 0, 1), (changed.Role, changed.Services.Count, changed.Projects.Count));
        await admin.SetPasswordAsync("ann", "another long password", Cancelled);
        Assert.Equal("Ann", Assert.Single(await admin.ListUsersAsync(Cancelled)).Name);
        await admin.RemoveUserAsync("ANN", Cancelled);
        Assert.Empty(await admin.ListUsersAsync(Cancelled));

        var audit = await admin.ListAuditAsync(0, Cancelled);
        Assert.Equal(
            [
                ("user.created", "role deployer, limited to services billing; projects acme-billing"),
                ("user.changed", "role publisher, limited to projects acme-billing"), ("user.password_changed", null), ("user.removed", null),
            ],
            audit.Skip(1).Select(row => (row.Action, row.Detail)));
        Assert.All(audit.Skip(1), row => Assert.Equal(("admin", "Ann"), (row.By, row.Subject)));
    }

    [Fact]
    public async Task Every_error_of_a_request_is_told()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var problem = await server.ProblemAsync(HttpMethod.Post, "/api/users", JsonContent.Create(
            new { Name = "no spaces", Password = "elevenchars", Role = "boss", Services = (string?[])["No"], Environments = (string[]?)null }));
        Assert.Equal((400, "invalid_request"), (problem.Status, problem.Code));
        Assert.Equal(["name", "role", "services[0]", "password"], problem.Errors!.Select(error => error.Field));
        Assert.DoesNotContain("elevenchars", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_given_once_in_any_case()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        var refusal = await Assert.ThrowsAsync<WheelhouseApiException>(() => server.AddUserAsync("ANN"));
        Assert.Equal((409, "name_taken"), (refusal.Problem.Status, refusal.Problem.Code));
        Assert.Equal(404, (await server.ProblemAsync(HttpMethod.Delete, "/api/users/bob")).Status);
        Assert.Equal(404, (await server.ProblemAsync(HttpMethod.Patch, "/api/users/bob", JsonContent.Create(new UserChange()))).Status);
    }

    [Fact]
    public async Task The_last_admin_stays_be_it_a_user_or_a_token()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann", Roles.Admin);
        using (var admin = server.Client()) await admin.RevokeTokenAsync("admin", Cancelled);

        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        Assert.Equal(409, await browser.StatusAsync(HttpMethod.Delete, "/api/users/ann"));
        Assert.Equal(409, await browser.StatusAsync(HttpMethod.Patch, "/api/users/ann", new UserChange { Role = Roles.Deployer }));
        Assert.Equal(409, await browser.StatusAsync(HttpMethod.Patch, "/api/users/ann", new UserChange { Disabled = true }));
        Assert.Equal(201, await browser.StatusAsync(HttpMethod.Post, "/api/tokens", new TokenRequest { Name = "ci", Role = Roles.Admin }));
        Assert.Equal(204, await browser.StatusAsync(HttpMethod.Delete, "/api/users/ann"));
        Assert.Equal(401, await browser.StatusAsync("/view"));
    }

    [Fact]
    public async Task Only_admins_manage_users()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann", Roles.Deployer);
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        using var refused = await browser.SendAsync(HttpMethod.Get, "/api/users");
        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Contains("The user 'ann' may not do this: its role is deployer, and admin is needed.",
            (await refused.Content.ReadFromJsonAsync<ApiProblem>(Cancelled))!.Detail, StringComparison.Ordinal);
        Assert.Equal(403, await browser.StatusAsync(HttpMethod.Patch, "/api/users/ann", new UserChange { Role = Roles.Admin }));
    }

    [Fact]
    public async Task A_user_changes_the_own_password_with_the_old_one_and_other_sessions_end()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var here = server.Browse();
        using var there = server.Browse();
        using var one = await here.SignInAsync("ann");
        using var two = await there.SignInAsync("ann");
        const string path = "/api/whoami/password";
        Assert.Equal(403, await here.StatusAsync(HttpMethod.Put, path, new OwnPasswordRequest("not the old one", "another long password")));
        Assert.Equal(400, await here.StatusAsync(HttpMethod.Put, path, new OwnPasswordRequest(Browser.Password, "short")));
        Assert.Equal(204, await here.StatusAsync(HttpMethod.Put, path, new OwnPasswordRequest(Browser.Password, "another long password")));
        Assert.Equal((200, 401), (await here.StatusAsync("/view"), await there.StatusAsync("/view")));
        using var old = await there.SignInAsync("ann");
        Assert.Equal(403, (int)old.StatusCode);
        using var entered = await there.SignInAsync("ann", "another long password");
        Assert.Equal(302, (int)entered.StatusCode);
        Assert.Equal(409, (await server.ProblemAsync(HttpMethod.Put, path, JsonContent.Create(new OwnPasswordRequest("a", "b")))).Status);
    }
}
