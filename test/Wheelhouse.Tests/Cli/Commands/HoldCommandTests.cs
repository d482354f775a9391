using Wheelhouse.Cli;
using Wheelhouse.Tests.Holds;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class HoldCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_is_placed_shown_everywhere_and_lifted()
    {
        await using var server = await HoldServer.StartAsync();

        AssertSays(await RunAsync(server, "hold", "billing", "production", "--reason", "stocktaking", "--until", "2100-01-01T00:00"), ExitCodes.Success,
            "billing in production refuses rollouts until 2100-01-01 00:00.", "wheelhouse unhold billing production");
        AssertSays(await RunAsync(server, "holds"), ExitCodes.Success, "billing in production", "admin", "until 2100-01-01 00:00", "stocktaking");
        AssertSays(await RunAsync(server, "holds", "--json"), ExitCodes.Success, "\"reason\": \"stocktaking\"");
        AssertSays(await RunAsync(server, "status", "billing"), ExitCodes.Success, "held by admin until 2100-01-01 00:00: stocktaking");
        AssertSays(await RunAsync(server, "services"), ExitCodes.Success, "production - (held)");
        AssertSays(await RunAsync(server, "deploy", "billing", "production"), ExitCodes.Refused, "held by admin", "stocktaking", "--override-hold");
        AssertSays(await RunAsync(server, "unhold", "billing", "production"), ExitCodes.Success, "The hold on billing in production is lifted.");
        AssertSays(await RunAsync(server, "holds"), ExitCodes.Success, "No hold stands.");
    }

    [Fact]
    public async Task A_hold_on_an_environment_of_every_service_ends_by_itself()
    {
        await using var server = await HoldServer.StartAsync();

        AssertSays(await RunAsync(server, "hold", "--environment", "production", "--reason", "moving", "--for", "2h"), ExitCodes.Success,
            "production of every service refuses rollouts until", "wheelhouse unhold --environment production");

        var hold = Assert.Single(await server.Admin.ListHoldsAsync(Token));
        Assert.Equal(2, (hold.Until!.Value - hold.Since).TotalHours, 0.1);
    }

    [Theory]
    [InlineData("hold billing", "--reason")]
    [InlineData("hold --reason x", "Name a service")]
    [InlineData("hold billing --environment production --reason x", "Name a service")]
    [InlineData("hold billing --reason x --for 1h --until 2100-01-01T00:00", "exclude each other")]
    [InlineData("hold billing --reason x --until tomorrow", "is not a time")]
    [InlineData("unhold", "Name a service")]
    public async Task A_wrong_line_is_told(string line, string message)
    {
        using var cli = new CliRunner("http://127.0.0.1:9");
        AssertSays(await cli.RunAsync(line.Split(' ')), ExitCodes.Usage, message);
    }

    private static async Task<CliResult> RunAsync(HoldServer server, params string[] line)
    {
        using var cli = new CliRunner(server.Server.Url.ToString(), TestServer.AdminToken);
        return await cli.RunAsync(line);
    }

    private static void AssertSays(CliResult result, int code, params string[] words)
    {
        Assert.True(code == result.Code, $"{result.Code}: {result.Out}{result.Error}");
        Assert.All(words, word => Assert.Contains(word, (result.Out + result.Error).ReplaceLineEndings(" "), StringComparison.Ordinal));
    }
}
