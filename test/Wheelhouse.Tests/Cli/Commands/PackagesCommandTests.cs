using System.Text.Json;
using Wheelhouse.Cli;
using Wheelhouse.Tests.Hosting;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class PackagesCommandTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";

    private readonly TempFolder _folder = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(Token);
        await File.WriteAllBytesAsync(_folder[WheelName], Archives.Wheel(), Token);
        await File.WriteAllBytesAsync(_folder["acme-1.0.tar.gz"], Archives.Sdist(), Token);
        await File.WriteAllBytesAsync(_folder["acme-2.0-py3-none-any.whl"], Archives.Wheel(version: "2.0"), Token);
        AssertSays(await RunAsync(["publish", .. Directory.GetFiles(_folder.Root)]), ExitCodes.Success, "published");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_release_is_yanked_shown_so_and_unyanked()
    {
        AssertSays(await RunAsync("packages", "yank", "acme", "1.0", "--reason", "loses invoices"), ExitCodes.Success, "Yanked acme 1.0.", "packages unyank");
        AssertSays(await RunAsync("packages", "acme"), ExitCodes.Success, $"{WheelName} (yanked: loses invoices)", "acme-1.0.tar.gz (yanked: loses invoices)");
        Assert.Equal(["", "loses invoices", "loses invoices"], await YankedAsync());

        AssertSays(await RunAsync("packages", "unyank", "Acme", "1.0.0"), ExitCodes.Success, "is not yanked any more");
        Assert.Equal(["", "", ""], await YankedAsync());
    }

    [Fact]
    public async Task One_file_is_yanked_alone()
    {
        AssertSays(await RunAsync("packages", "yank", "acme", "--file", WheelName), ExitCodes.Success, $"Yanked {WheelName}.");
        var text = (await RunAsync("packages", "acme")).Out;
        Assert.Contains($"{WheelName} (yanked)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("acme-1.0.tar.gz (yanked)", text, StringComparison.Ordinal);
        AssertSays(await RunAsync("packages", "unyank", "acme", "--file", WheelName), ExitCodes.Success, $"{WheelName} is not yanked any more.");
    }

    [Fact]
    public async Task A_status_is_set_shown_and_set_back()
    {
        AssertSays(await RunAsync("packages", "status", "acme", "archived", "--reason", "merged into acme-finance"), ExitCodes.Success, "acme is archived.");
        AssertSays(await RunAsync("packages", "acme"), ExitCodes.Success, "acme is archived: merged into acme-finance");
        await File.WriteAllBytesAsync(_folder["acme-3.0-py3-none-any.whl"], Archives.Wheel(version: "3.0"), Token);
        AssertSays(await RunAsync("publish", _folder["acme-3.0-py3-none-any.whl"]), ExitCodes.Refused, "is archived and takes no uploads: merged into acme-finance");
        AssertSays(await RunAsync("packages", "status", "acme", "active"), ExitCodes.Success, "acme is active.");
        AssertSays(await RunAsync("publish", _folder["acme-3.0-py3-none-any.whl"]), ExitCodes.Success, "published");
    }

    [Theory]
    [InlineData("packages delete acme 1.0 --yes", 1)]
    [InlineData("packages delete acme --file acme-1.0.tar.gz --yes", 2)]
    [InlineData("packages delete acme --yes --reason gone", 0)]
    public async Task What_is_deleted_is_gone_and_its_name_is_spent(string line, int left)
    {
        AssertSays(await RunAsync(line.Split(' ')), ExitCodes.Success, "Deleted acme-1.0.tar.gz.");
        Assert.Equal(left, left == 0 ? 0 : (await YankedAsync()).Count);
        AssertSays(await RunAsync("publish", _folder["acme-1.0.tar.gz"]), ExitCodes.Usage, "its name is never free again");
    }

    [Fact]
    public async Task Programs_get_the_names_of_what_was_deleted()
    {
        var deleted = JsonDocument.Parse((await RunAsync("packages", "delete", "acme", "1.0", "--yes", "--json")).Out).RootElement;
        Assert.Equal(["acme-1.0-py3-none-any.whl", "acme-1.0.tar.gz"], deleted.GetProperty("files").EnumerateArray().Select(file => file.GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_deleted_unless_somebody_says_yes()
    {
        AssertSays(await RunAsync("packages", "delete", "acme"), ExitCodes.Usage, "Nobody is here to say yes.", "--yes");
        Assert.Equal(3, (await YankedAsync()).Count);
    }

    [Theory]
    [InlineData("packages yank other 1.0", ExitCodes.Refused, "no file of other 1.0")]
    [InlineData("packages yank acme 9.9", ExitCodes.Refused, "no file of acme 9.9")]
    [InlineData("packages yank acme one", ExitCodes.Refused, "no release acme one")]
    [InlineData("packages unyank acme --file acme-9.9.tar.gz", ExitCodes.Refused, "no file 'acme-9.9.tar.gz' of acme")]
    [InlineData("packages yank acme", ExitCodes.Usage, "Give a VERSION")]
    [InlineData("packages yank acme 1.0 --file x", ExitCodes.Usage, "exclude each other")]
    [InlineData("packages status acme sleeping", ExitCodes.Usage, "sleeping")]
    [InlineData("packages status other archived", ExitCodes.Refused, "no file of other")]
    [InlineData("packages delete acme --force --yes", ExitCodes.Usage, "--force needs --reason")]
    [InlineData("packages delete other --yes", ExitCodes.Refused, "no file of other")]
    public async Task What_is_wrong_is_told(string line, int code, string message)
    {
        AssertSays(await RunAsync(line.Split(' ')), code, message);
        Assert.Equal(["", "", ""], await YankedAsync());
    }

    [Fact]
    public async Task Each_verb_needs_its_role()
    {
        var viewer = (await _server.Admin.CreateTokenAsync(new() { Name = "reader", Role = "viewer" }, Token)).Token;
        foreach (var line in (string[])["packages yank acme 1.0", "packages unyank acme 1.0", "packages status acme archived", "packages delete acme --yes"])
        {
            using var cli = new CliRunner(_server.Url.ToString(), viewer);
            Assert.Equal((line, ExitCodes.Refused), (line, (await cli.RunAsync(line.Split(' '))).Code));
        }
    }

    /// <summary>Why each file is yanked, in order; empty when it is not.</summary>
    private async Task<List<string>> YankedAsync()
    {
        var project = JsonDocument.Parse((await RunAsync("packages", "acme", "--json")).Out).RootElement;
        return [.. project.GetProperty("releases").EnumerateArray().SelectMany(release => release.GetProperty("files").EnumerateArray())
            .Select(file => file.TryGetProperty("yanked", out var yanked) ? yanked.GetString() ?? "" : "").Order(StringComparer.Ordinal)];
    }

    private async Task<CliResult> RunAsync(params string[] line)
    {
        using var cli = new CliRunner(_server.Url.ToString(), TestServer.AdminToken);
        return await cli.RunAsync(line);
    }

    private static void AssertSays(CliResult result, int code, params string[] words)
    {
        Assert.True(code == result.Code, $"{result.Code}: {result.Out}{result.Error}");
        Assert.All(words, word => Assert.Contains(word, (result.Out + result.Error).ReplaceLineEndings(" "), StringComparison.Ordinal));
    }
}
