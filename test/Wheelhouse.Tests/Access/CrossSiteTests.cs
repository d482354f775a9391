using System.Net.Http.Json;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Access;

public sealed class CrossSiteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("same-origin", "https://evil.example", true)]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("none", null, false)]
    [InlineData("cross-site", "OWN", false)]
    [InlineData(null, null, false)]
    [InlineData(null, "OWN", true)]
    [InlineData(null, "null", false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "OWN.evil.example", false)]
    public async Task A_change_in_a_session_must_come_from_a_page_of_this_server(string? site, string? origin, bool allowed)
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann", Roles.Admin);
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        (string, string)[] headers = origin is null ? [] : [("Origin", origin.Replace("OWN", server.Url, StringComparison.Ordinal))];
        using var response = await browser.SendAsync(
            HttpMethod.Post, "/api/tokens", JsonContent.Create(new TokenRequest { Name = "x", Role = Roles.Viewer }), site, headers);
        Assert.Equal(allowed ? 201 : 403, (int)response.StatusCode);
        if (!allowed) Assert.Equal("cross_site", (await response.Content.ReadFromJsonAsync<ApiProblem>(Cancelled))!.Code);
    }

    [Theory]
    [InlineData("GET", null, 200)]
    [InlineData("HEAD", null, 405)]
    [InlineData("GET", "websocket", 403)]
    public async Task Reading_needs_no_proof_but_a_web_socket_does(string method, string? upgrade, int status)
    {
        await using var server = await AccessServer.StartAsync(_folder);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        using var entered = await browser.SignInAsync("ann");
        (string, string)[] headers = upgrade is null ? [] : [("Upgrade", upgrade), ("Connection", "Upgrade")];
        using var response = await browser.SendAsync(new HttpMethod(method), "/view", null, "cross-site", headers);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_token_needs_no_proof()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        using var browser = server.Browse();
        using var response = await browser.SendAsync(
            HttpMethod.Post, "/api/tokens", JsonContent.Create(new TokenRequest { Name = "x", Role = Roles.Viewer }), "cross-site",
            ("Authorization", $"Bearer {AccessServer.AdminToken}"));
        Assert.Equal(201, (int)response.StatusCode);
    }
}
