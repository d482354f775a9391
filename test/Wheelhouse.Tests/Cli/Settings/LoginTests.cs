using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Cli.Settings;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LoginTests : IDisposable
{
    private readonly TempFolder _home = new();

    [Fact]
    public async Task Login_saves_the_token_for_its_owner_only_and_prints_it_nowhere()
    {
        await using var api = await ServerAsync();
        using var cli = new CliRunner(token: null, home: _home.Root) { Input = "wh_abc123\n" };

        var result = await cli.RunAsync("login", api.Url, "--token-stdin");

        Assert.Equal(0, result.Code);
        var file = _home[".config/wheelhouse/config.json"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("wh_abc123", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("wh_abc123", result.Out + result.Error, StringComparison.Ordinal);
        Assert.StartsWith("ada (deployer) on", (await new CliRunner(token: null, home: _home.Root).RunAsync("whoami")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_token_goes_to_no_other_server()
    {
        await using var home = await ServerAsync();
        await using var other = await ServerAsync();
        using (var login = new CliRunner(token: null, home: _home.Root) { Input = "wh_abc123" }) await login.RunAsync("login", home.Url, "--token-stdin");
        using var cli = new CliRunner(token: null, home: _home.Root);

        var result = await cli.RunAsync("whoami", "--server", other.Url);

        Assert.Equal(ExitCodes.Refused, result.Code);
        Assert.Contains("wheelhouse login", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_the_first_start_becomes_a_saved_token()
    {
        await using var api = await ServerAsync();
        api.Routes["POST /api/setup"] = http => http.Response.WriteAsJsonAsync(
            new CreatedToken("wh_abc123", new TokenView("ada", Roles.Admin, [], [], [], Sample.Start, "setup", null, null)));
        using var cli = new CliRunner(token: null, home: _home.Root);

        Assert.Equal(0, (await cli.RunAsync("login", api.Url, "--code", "1234", "--name", "ada")).Code);
        Assert.Equal(0, (await new CliRunner(token: null, home: _home.Root).RunAsync("whoami")).Code);
    }

    [Fact]
    public async Task XDG_CONFIG_HOME_is_honoured_and_logout_forgets()
    {
        await using var api = await ServerAsync();
        using var cli = new CliRunner(token: null, home: "/nonexistent") { Input = "wh_abc123" };
        cli.Environment["XDG_CONFIG_HOME"] = _home.Root;

        await cli.RunAsync("login", api.Url, "--token-stdin");
        Assert.True(File.Exists(_home["wheelhouse/config.json"]));
        using var again = new CliRunner(token: null, home: "/nonexistent");
        again.Environment["XDG_CONFIG_HOME"] = _home.Root;
        await again.RunAsync("logout");
        Assert.False(File.Exists(_home["wheelhouse/config.json"]));
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("https://user:pass@x")]
    [InlineData("https://x/?a=b")]
    public async Task What_is_no_server_URL_is_refused_with_a_fix(string url)
    {
        using var cli = new CliRunner(token: null, home: _home.Root) { Input = "t" };

        var result = await cli.RunAsync("login", url, "--token-stdin");

        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Contains("fix:", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static async Task<ApiDouble> ServerAsync()
    {
        var api = await ApiDouble.StartAsync();
        api.Routes["GET /api/whoami"] = http => http.Request.Headers.Authorization == "Bearer wh_abc123"
            ? http.Response.WriteAsJsonAsync(new WhoAmI("ada", Roles.Deployer, "0.1.0"))
            : ApiDouble.ProblemAsync(http, new ApiProblem { Status = 401, Code = ProblemCodes.Unauthenticated, Detail = "No valid token was sent." });
        return api;
    }
}
