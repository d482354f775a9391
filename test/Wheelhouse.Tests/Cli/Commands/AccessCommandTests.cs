using Wheelhouse.Cli;
using Wheelhouse.Tests.Access;

namespace Wheelhouse.Tests.Cli.Commands;

/// <summary>The verbs about users and <c>open</c>, against a real server.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AccessCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Users_are_added_changed_listed_and_removed()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var added = await RunAsync(server, Browser.Password + "\n", "users", "add", "ann", "--role", "deployer", "--service", "billing", "--password-stdin");
        Assert.Equal((0, "User ann (deployer) can sign in.\n"), (added.Code, added.Out));
        using var browser = server.Browse();
        using (await browser.SignInAsync("ann")) Assert.Equal(200, await browser.StatusAsync("/deploy"));

        var changed = await RunAsync(server, "", "users", "change", "ann", "--role", "viewer", "--no-limits");
        Assert.Equal((0, "User ann: viewer for everything.\n"), (changed.Code, changed.Out));
        Assert.Equal(403, await browser.StatusAsync("/deploy"));
        var renewed = await RunAsync(server, "another long password", "users", "change", "ann", "--password-stdin", "--disable");
        Assert.EndsWith("User ann: viewer for everything, disabled.\n", renewed.Out, StringComparison.Ordinal);
        Assert.Equal(401, await browser.StatusAsync("/view"));
        Assert.Contains("disabled", (await RunAsync(server, "", "users", "list")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(server, "", "users", "remove", "ann")).Code);
        Assert.Equal(ExitCodes.Refused, (await RunAsync(server, "", "users", "remove", "ann")).Code);
    }

    [Fact]
    public async Task What_is_missing_or_too_short_is_told_and_the_password_is_not()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        Assert.Equal(ExitCodes.Usage, (await RunAsync(server, "", "users", "add", "ann", "--role", "viewer")).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync(server, "", "users", "change", "ann")).Code);
        var weak = await RunAsync(server, "elevenchars\n", "users", "add", "ann", "--role", "viewer", "--password-stdin");
        Assert.Equal(ExitCodes.Usage, weak.Code);
        Assert.Contains("12 to 256 characters", weak.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("elevenchars", weak.Error + weak.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_prints_a_link_that_signs_in()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var opened = await RunAsync(server, "", "open", "/services", "--print");
        Assert.Equal(0, opened.Code);
        Assert.Contains("works once, until 03:05:05", opened.Error, StringComparison.Ordinal);
        using var browser = server.Browse();
        var path = new Uri(opened.Out.Trim()).PathAndQuery;
        using var entered = await browser.SubmitAsync(path, "/sign-in/link", ("code", path.Split("code=")[1].Split('&')[0]));
        Assert.Equal(200, await browser.StatusAsync("/administer"));
    }

    [Fact]
    public async Task Open_gives_the_browser_a_file_that_its_owner_alone_can_read()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        string? opened = null;
        using var cli = Cli(server, "", file => (opened = file) is not null);
        var result = await cli.RunAsync("open");
        Assert.Equal((0, _home[".config/wheelhouse/open.html"]), (result.Code, opened));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(opened!));
        Assert.Contains($"url={server.Url}/sign-in/link?code=", await File.ReadAllTextAsync(opened!, Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain("code=", result.Out + result.Error, StringComparison.Ordinal);
    }

    private async Task<CliResult> RunAsync(AccessServer server, string input, params string[] args)
    {
        using var cli = Cli(server, input);
        return await cli.RunAsync(args);
    }

    private CliRunner Cli(AccessServer server, string input, Func<string, bool>? browse = null) =>
        new(server.Url, AccessServer.AdminToken, _home.Root) { Input = input, Browse = browse };
}
