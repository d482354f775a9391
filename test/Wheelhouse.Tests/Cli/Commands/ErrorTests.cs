using System.Text.Json;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class ErrorTests
{
    private const string Ask = "POST /api/services/hello/environments/production/rollouts";

    [Theory]
    [InlineData(409, ProblemCodes.RolloutActive, 3)]
    [InlineData(403, ProblemCodes.Forbidden, 3)]
    [InlineData(401, ProblemCodes.Unauthenticated, 3)]
    [InlineData(404, ProblemCodes.UnknownRelease, 3)]
    [InlineData(409, ProblemCodes.NothingToRevert, 3)]
    [InlineData(400, ProblemCodes.InvalidRequest, 2)]
    [InlineData(500, null, 1)]
    public async Task Each_problem_has_its_exit_code_and_message(int status, string? code, int expected)
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes[Ask] = http => ApiDouble.ProblemAsync(
            http, new ApiProblem { Status = status, Code = code, Detail = "So it is.", Rollout = Sample.Id });
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("deploy", "hello", "production");

        Assert.Equal(expected, result.Code);
        Assert.StartsWith("error: So it is.\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        if (code == ProblemCodes.RolloutActive) Assert.Contains($"wheelhouse follow {Sample.Id}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_an_error_is_one_line_of_JSON()
    {
        await using var api = await ApiDouble.StartAsync();
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync("status", "nothing", "--json");

        Assert.Equal(ExitCodes.Refused, result.Code);
        Assert.Equal("", result.Out);
        Assert.Equal(ProblemCodes.NotFound, JsonSerializer.Deserialize<ApiProblem>(result.Error, WheelhouseClient.Json)!.Code);
    }

    [Theory]
    [InlineData("0", "builds")]
    [InlineData("-1", "builds", "acme")]
    [InlineData("501", "history", "hello", "production")]
    public async Task A_length_that_no_list_has_is_refused(string length, params string[] arguments)
    {
        using var cli = new CliRunner();
        var result = await cli.RunAsync([.. arguments, "--limit", length]);
        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Contains($"--limit takes 1 to 500, not {length}.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("no-such-command")]
    [InlineData("deploy", "hello", "production", "--qeue")]
    [InlineData("users", "add", "ann", "--role", "king")]
    public async Task With_json_so_is_a_wrong_command_line(params string[] arguments)
    {
        using var cli = new CliRunner();

        var result = await cli.RunAsync([.. arguments, "--json"]);

        Assert.Equal((ExitCodes.Usage, ""), (result.Code, result.Out));
        Assert.Contains("--help", JsonSerializer.Deserialize<ApiProblem>(result.Error, WheelhouseClient.Json)!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_server_is_a_message_not_a_trace()
    {
        using var cli = new CliRunner($"http://127.0.0.1:{FreePort.Take()}");

        var result = await cli.RunAsync("services");

        Assert.Equal(ExitCodes.Error, result.Code);
        Assert.StartsWith("error: Cannot reach the server", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("dploy")]
    [InlineData("deploy hello production --qeue")]
    [InlineData("deploy hello production --wait --detach")]
    [InlineData("deploy hello production --reconnect-for soon")]
    [InlineData("tokens create ci --role king")]
    [InlineData("revert hello")]
    [InlineData("apply -f /nonexistent.yaml")]
    public async Task A_wrong_command_line_is_said_and_nothing_is_sent(string line)
    {
        await using var api = await ApiDouble.StartAsync();
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_document_with_errors_is_shown_as_a_compiler_does()
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes["POST /api/services/apply"] = http => ApiDouble.ProblemAsync(http, new ApiProblem
        {
            Status = 422,
            Code = ProblemCodes.InvalidDocument,
            Errors = [new DocumentError(2, 10, "processes[0].signal", "HUPP is not a signal.", "write HUP")],
        });
        using var cli = new CliRunner(api.Url) { Input = "service: hello\n\tsignal: HUPP\n" };

        var result = await cli.RunAsync("apply", "-f", "-");

        Assert.Equal(ExitCodes.Usage, result.Code);
        Assert.Equal(
            "standard input:2:10: error: processes[0].signal: HUPP is not a signal.\n"
            + "    2 | \tsignal: HUPP\n"
            + "      | \t        ^\n"
            + "      = fix: write HUP\n"
            + "\n"
            + "1 error in standard input; nothing was changed.\n",
            result.Error);
    }
}
